import { Prisma } from '@/lib/db/generated/client';
import { queryPrepared } from '@/lib/db/prepared';
import { type Lease, milliseconds } from '@/lib/siem/delivery/lease';
import { parseProblem, type StoredProblem } from '@/lib/siem/delivery/problem';

/** Where one attempt goes and where its stream stands, as they were at one instant. */
export type Attempt = StreamPosition & {
  readonly organizationId: string;
  readonly organizationSlug: string;
  readonly organizationName: string;
  readonly integrationId: string;
  readonly integrationName: string;
  /** Raised by each change of address, token, index or trust. */
  readonly version: number;
  readonly eventUrl: string;
  readonly index: string | null;
  readonly tokenSealed: string;
  readonly caCertificate: string | null;
  readonly pinnedFingerprint: string | null;
  readonly channel: string;
  readonly stateSince: Date;
  /** There are parked events that an admin wants to be tried again. */
  readonly retrying: boolean;
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
  /** Events parked since one was last accepted. */
  readonly parkedInRow: number;
};

/** What {@link attemptSelect} gives. */
export type AttemptRow = Omit<Attempt, 'problem' | 'state'> & {
  readonly state: Attempt['state'] | 'paused';
  readonly problem: unknown;
};

/**
 * Renews the lease and reads everything that the attempt needs in one statement. Address, token, index and trust come from
 * one row, so a new token cannot meet an old address. Undefined when the stream was paused or deleted, its address, token
 * or trust was changed, or the lease was lost: this sender has nothing more to do then.
 */
export async function beginAttempt(lease: Lease): Promise<Attempt | undefined> {
  const [row] = await queryPrepared<AttemptRow>(Prisma.sql`
    WITH renewed AS (
      UPDATE siem_stream SET lease_until = clock_timestamp() + ${milliseconds(lease.durationMs)}
       WHERE integration_id = ${lease.id}::uuid AND epoch = ${lease.epoch} AND state <> 'paused'
      RETURNING *
    )
    SELECT ${attemptColumns} FROM renewed s ${attemptJoins}`);
  return row && attemptOf(row);
}

/** What an attempt needs, of a row of siem_stream that is called `s`. */
export const attemptColumns = Prisma.sql`
  o.id AS "organizationId", o.slug AS "organizationSlug", o.name AS "organizationName", i.id AS "integrationId",
  i.name AS "integrationName", i.version, i.event_url AS "eventUrl", i.index, i.token_sealed AS "tokenSealed",
  i.ca_certificate AS "caCertificate", i.pinned_fingerprint AS "pinnedFingerprint", i.channel,
  clock_timestamp() AS now, s.state::text, s.state_since AS "stateSince", s.cursor, h.seq AS head, s.attempt,
  s.max_events AS "maxEvents", s.gzip, coalesce(s.slow_until > clock_timestamp(), false) AS slow,
  CASE WHEN s.first_failure_at IS NOT NULL THEN s.last_error END AS problem, s.parked_in_row AS "parkedInRow",
  EXISTS (SELECT 1 FROM siem_parked p WHERE p.integration_id = i.id AND p.state = 'retrying') AS retrying`;

export const attemptJoins = Prisma.sql`
  JOIN siem_integration i ON i.id = s.integration_id
  JOIN organization o ON o.id = i.organization_id
  JOIN audit_head h ON h.organization_id = o.id`;

/** The attempt of a row; undefined for a paused stream, which begins none. */
export function attemptOf({ state, problem, ...row }: AttemptRow): Attempt | undefined {
  return state === 'paused' ? undefined : { ...row, state, problem: parseProblem(problem) };
}
