import { db } from '@/lib/db/client';
import { type Lease, milliseconds } from '@/lib/siem/delivery/lease';
import { parseProblem, type StoredProblem } from '@/lib/siem/delivery/problem';

/** Where one attempt goes and where its stream stands, as they were at one instant. */
export type Attempt = StreamPosition & {
  readonly organizationId: string;
  readonly organizationSlug: string;
  readonly integrationId: string;
  /** Raised by each change of address, token or index. */
  readonly version: number;
  readonly eventUrl: string;
  readonly index: string | null;
  readonly tokenSealed: string;
  readonly caCertificate: string | null;
  readonly pinnedFingerprint: string | null;
  readonly channel: string;
};

/** The part that decides what an outcome means for the stream. */
export type StreamPosition = {
  /** The database's clock. */
  readonly now: Date;
  readonly state: 'healthy' | 'degraded' | 'blocked';
  readonly cursor: bigint;
  /** The last event of the log. */
  readonly head: bigint;
  /** Failed attempts in a row. */
  readonly attempt: number;
  readonly maxEvents: number;
  readonly gzip: boolean;
  /** Splunk asked for half the rate, less than a minute ago. */
  readonly slow: boolean;
  /** The failure that goes on; undefined when the last attempt went well. */
  readonly problem: StoredProblem | undefined;
  /** Events parked since one was last accepted; counted up to {@link parkedCountLimit}. */
  readonly parkedInRow: number;
};

/** So many refused events in a row are no longer single bad events: something is wrong with the destination. */
export const parkedCountLimit = 20;

type Row = Omit<Attempt, 'problem'> & { problem: unknown };

/**
 * Renews the lease and reads everything that the attempt needs in one statement. Address, token and index come from one
 * row, so a new token cannot meet an old address. Undefined when the stream was paused or deleted, its address or token
 * was changed, or the lease was lost: this sender has nothing more to do then.
 */
export async function beginAttempt(lease: Lease): Promise<Attempt | undefined> {
  const [row] = await db().$queryRaw<Row[]>`
    WITH renewed AS (
      UPDATE siem_stream SET lease_until = clock_timestamp() + ${milliseconds(lease.durationMs)}
       WHERE integration_id = ${lease.integrationId}::uuid AND epoch = ${lease.epoch} AND state <> 'paused'
      RETURNING *
    )
    SELECT o.id AS "organizationId", o.slug AS "organizationSlug",
           i.id AS "integrationId", i.version, i.event_url AS "eventUrl", i.index, i.token_sealed AS "tokenSealed",
           i.ca_certificate AS "caCertificate", i.pinned_fingerprint AS "pinnedFingerprint", i.channel,
           clock_timestamp() AS now, s.state::text, s.cursor, h.seq AS head, s.attempt, s.max_events AS "maxEvents",
           s.gzip, coalesce(s.slow_until > clock_timestamp(), false) AS slow,
           CASE WHEN s.first_failure_at IS NOT NULL THEN s.last_error END AS problem,
           (SELECT count(*)::int FROM (
              SELECT 1 FROM siem_parked p
               WHERE p.integration_id = i.id AND p.seq > coalesce(
                 (SELECT max(r.last_seq) FROM siem_receipt r WHERE r.integration_id = i.id), 0)
               LIMIT ${parkedCountLimit}) AS parked) AS "parkedInRow"
      FROM renewed s
      JOIN siem_integration i ON i.id = s.integration_id
      JOIN organization o ON o.id = i.organization_id
      JOIN audit_head h ON h.organization_id = o.id`;
  return row && { ...row, problem: parseProblem(row.problem) };
}
