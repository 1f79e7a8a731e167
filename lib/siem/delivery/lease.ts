import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';

/**
 * How long a sender that went silent keeps its stream. Another instance takes over 15 s after a crash; a living sender
 * renews every 5 s, also while a request is under way, so a slow Splunk may take longer than the lease.
 */
export const leaseMs = 15_000;

/**
 * The right to send for one integration. The epoch is the fence: each acquisition raises it, and nothing is written to
 * the stream but by the holder of the current one. A process that slept through its lease wakes up with an old epoch.
 */
export type Lease = { readonly integrationId: string; readonly epoch: bigint; readonly durationMs: number };

/** The stream wants to be drained by whoever comes: not paused, due, and something waits behind its cursor. */
export const isDue = Prisma.sql`
  s.state <> 'paused' AND s.next_attempt_at <= clock_timestamp()
  AND (s.lease_until IS NULL OR s.lease_until <= clock_timestamp())
  AND s.cursor < (SELECT h.seq FROM audit_head h WHERE h.organization_id = s.organization_id)`;

/**
 * Takes the lease of a due stream; undefined when the stream is not due or somebody else holds it, this process's other
 * drains included. Every time is the database's, so a wrong clock on one instance cannot split the ownership.
 */
export async function acquireLease(
  integrationId: string,
  owner: string,
  durationMs: number,
): Promise<Lease | undefined> {
  const [row] = await db().$queryRaw<{ epoch: bigint }[]>`
    UPDATE siem_stream s
       SET lease_owner = ${owner}, lease_until = clock_timestamp() + ${milliseconds(durationMs)}, epoch = s.epoch + 1
     WHERE s.integration_id = ${integrationId}::uuid AND ${isDue}
    RETURNING s.epoch`;
  return row && { integrationId, epoch: row.epoch, durationMs };
}

/** Extends the lease from now; false when it was lost. */
export async function renewLease({ integrationId, epoch, durationMs }: Lease): Promise<boolean> {
  const renewed = await db().$executeRaw`
    UPDATE siem_stream SET lease_until = clock_timestamp() + ${milliseconds(durationMs)}
     WHERE integration_id = ${integrationId}::uuid AND epoch = ${epoch}`;
  return renewed === 1;
}

/** Gives the lease back at once, so that the next sender need not wait for its expiry. */
export async function releaseLease({ integrationId, epoch }: Lease): Promise<void> {
  await db().$executeRaw`
    UPDATE siem_stream SET lease_owner = NULL, lease_until = NULL
     WHERE integration_id = ${integrationId}::uuid AND epoch = ${epoch}`;
}

/**
 * Runs `work` while renewing the lease three times per duration. Its signal aborts when the lease is lost: another
 * sender is at work then, and every further byte would be a duplicate.
 */
export async function whileRenewing<T>(lease: Lease, work: (lost: AbortSignal) => Promise<T>): Promise<T> {
  const lost = new AbortController();
  const timer = setInterval(() => {
    renewLease(lease).then(
      (held) => held || lost.abort(),
      // The database is away. The lease may run out; the epoch decides then, when the result is settled.
      () => undefined,
    );
  }, lease.durationMs / 3);
  try {
    return await work(lost.signal);
  } finally {
    clearInterval(timer);
  }
}

export function milliseconds(count: number): Prisma.Sql {
  return Prisma.sql`${count}::float8 * interval '1 millisecond'`;
}
