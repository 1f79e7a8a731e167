import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';

/**
 * How long a sender that went silent keeps its stream. Another instance takes over 15 s after a crash; a living sender
 * renews every 5 s, also while a request is under way, so a slow Splunk may take longer than the lease.
 */
export const leaseMs = 15_000;

/** What is leased: a stream, or a replay that runs beside it. */
const places = {
  stream: { table: Prisma.raw('siem_stream'), key: Prisma.raw('integration_id') },
  replay: { table: Prisma.raw('siem_replay'), key: Prisma.raw('id') },
} as const;

export type LeasePlace = keyof typeof places;

/**
 * The right to send. The epoch is the fence: each acquisition raises it, and nothing is written to the stream but by the
 * holder of the current one. A process that slept through its lease wakes up with an old epoch.
 */
export type Lease = {
  readonly place: LeasePlace;
  /** Of the integration, or of the replay. */
  readonly id: string;
  readonly epoch: bigint;
  readonly durationMs: number;
  /** Somebody else held it and let it run out: a sender crashed, or froze. */
  readonly takenOver: boolean;
};

/** The stream wants to be drained by whoever comes: not paused, due, and something waits behind its cursor or to be retried. */
export const streamIsDue = Prisma.sql`
  s.state <> 'paused' AND s.next_attempt_at <= clock_timestamp()
  AND (s.lease_until IS NULL OR s.lease_until <= clock_timestamp())
  AND (s.cursor < (SELECT h.seq FROM audit_head h WHERE h.organization_id = s.organization_id)
       OR EXISTS (SELECT 1 FROM siem_parked p WHERE p.integration_id = s.integration_id AND p.state = 'retrying'))`;

/** The replay wants to be sent on: running, due, and its stream is well and not behind by more than a batch. */
export const replayIsDue = Prisma.sql`
  s.state = 'running' AND s.next_attempt_at <= clock_timestamp()
  AND (s.lease_until IS NULL OR s.lease_until <= clock_timestamp())
  AND EXISTS (SELECT 1 FROM siem_stream live JOIN audit_head h ON h.organization_id = live.organization_id
               WHERE live.integration_id = s.integration_id AND live.state = 'healthy'
                 AND h.seq - live.cursor <= 500)`;

/**
 * Takes the lease of a due stream or replay; undefined when it is not due or somebody else holds it, this process's other
 * drains included. Every time is the database's, so a wrong clock on one instance cannot split the ownership.
 */
export async function acquireLease(
  id: string,
  owner: string,
  durationMs: number,
  place: LeasePlace = 'stream',
): Promise<Lease | undefined> {
  const { table, key } = places[place];
  const isDue = place === 'stream' ? streamIsDue : replayIsDue;
  const [row] = await db().$queryRaw<{ epoch: bigint; takenOver: boolean }[]>`
    WITH due AS (
      SELECT s.${key}, s.lease_owner FROM ${table} s WHERE s.${key} = ${id}::uuid AND ${isDue} FOR NO KEY UPDATE
    )
    UPDATE ${table} s
       SET lease_owner = ${owner}, lease_until = clock_timestamp() + ${milliseconds(durationMs)}, epoch = s.epoch + 1
      FROM due WHERE s.${key} = due.${key}
    RETURNING s.epoch, due.lease_owner IS NOT NULL AS "takenOver"`;
  return row && { place, id, ...row, durationMs };
}

/** Extends the lease from now; false when it was lost. */
export async function renewLease({ place, id, epoch, durationMs }: Lease): Promise<boolean> {
  const { table, key } = places[place];
  const renewed = await db().$executeRaw`
    UPDATE ${table} SET lease_until = clock_timestamp() + ${milliseconds(durationMs)}
     WHERE ${key} = ${id}::uuid AND epoch = ${epoch}`;
  return renewed === 1;
}

/** Gives the lease back at once, so that the next sender need not wait for its expiry. */
export async function releaseLease({ place, id, epoch }: Lease): Promise<void> {
  const { table, key } = places[place];
  await db().$executeRaw`
    UPDATE ${table} SET lease_owner = NULL, lease_until = NULL WHERE ${key} = ${id}::uuid AND epoch = ${epoch}`;
}

export function milliseconds(count: number): Prisma.Sql {
  return Prisma.sql`${count}::float8 * interval '1 millisecond'`;
}
