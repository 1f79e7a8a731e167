import { db } from '@/lib/db/client';
import type { Attempt, AttemptRow } from '@/lib/siem/delivery/attempt';
import { type Lease, milliseconds } from '@/lib/siem/delivery/lease';
import { parseProblem } from '@/lib/siem/delivery/problem';

/** An attempt of a replay: its cursor and failures are its own, the destination is the live stream's. */
export type ReplayAttempt = Attempt & {
  readonly eventsPerSecond: number;
  /** The live stream is well and not behind: a replay goes second. */
  readonly mayGoOn: boolean;
};

type Row = AttemptRow & Pick<ReplayAttempt, 'eventsPerSecond' | 'mayGoOn'>;

/** Further behind than a batch the live stream needs its receiver for itself. */
const liveMayBeBehind = 500;

/**
 * Renews the lease and reads what the attempt needs, like `beginAttempt`. Undefined when the replay was paused, cancelled
 * or deleted, its destination was changed, or the lease was lost.
 */
export async function beginReplayAttempt(lease: Lease): Promise<ReplayAttempt | undefined> {
  const [row] = await db().$queryRaw<Row[]>`
    WITH renewed AS (
      UPDATE siem_replay SET lease_until = clock_timestamp() + ${milliseconds(lease.durationMs)}
       WHERE id = ${lease.id}::uuid AND epoch = ${lease.epoch} AND state = 'running'
      RETURNING *
    )
    SELECT o.id AS "organizationId", o.slug AS "organizationSlug", o.name AS "organizationName",
           i.id AS "integrationId", i.name AS "integrationName", i.version, i.event_url AS "eventUrl", i.index,
           i.token_sealed AS "tokenSealed", i.ca_certificate AS "caCertificate",
           i.pinned_fingerprint AS "pinnedFingerprint", i.channel, clock_timestamp() AS now,
           CASE WHEN r.last_error IS NULL THEN 'healthy' ELSE 'degraded' END AS state,
           r.state_since AS "stateSince", r.cursor, r.last_seq AS head, r.attempt, r.max_events AS "maxEvents", s.gzip,
           coalesce(s.slow_until > clock_timestamp(), false) AS slow, r.last_error AS problem, 0 AS "parkedInRow",
           false AS retrying, r.events_per_second AS "eventsPerSecond",
           s.state = 'healthy' AND h.seq - s.cursor <= ${liveMayBeBehind} AS "mayGoOn"
      FROM renewed r
      JOIN siem_integration i ON i.id = r.integration_id
      JOIN siem_stream s ON s.integration_id = i.id
      JOIN organization o ON o.id = i.organization_id
      JOIN audit_head h ON h.organization_id = o.id`;
  if (!row || row.state === 'paused') return undefined;
  return { ...row, state: row.state, problem: parseProblem(row.problem) };
}
