import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { announceCommitted } from './committed';
import { insertRecords } from './insert-records';
import { buildRecord, type PendingEvent } from './record';
import { uuidV7 } from './uuid-v7';

declare const brand: unique symbol;

/**
 * A transaction in which events can be recorded. Only {@link withTransaction} makes one, so recording outside of a
 * transaction does not compile.
 */
export type Tx = Prisma.TransactionClient & { readonly [brand]: true; readonly auditEvents: PendingEvent[] };

/** Long enough for a burst of writers that queue for one organization's head; shorter than a proxy's patience. */
const timeoutMs = 10_000;

/**
 * Runs `work` in one database transaction (READ COMMITTED). Its audit events are numbered, sealed and inserted as the
 * last act before commit, so an organization's writers wait for one another only from there to the commit: both the
 * change and its events are stored, or neither. Listeners of {@link onAuditCommitted} are told after the commit.
 */
export async function withTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const auditEvents: PendingEvent[] = [];
  const result = await db().$transaction(
    async (client) => {
      // Not assigned to the client: Prisma's proxy writes through to the object that all transactions share, so one
      // transaction's events would end up in another that runs at the same time.
      const tx: Tx = Object.create(client, { auditEvents: { value: auditEvents } });
      const value = await work(tx);
      // Work that was not awaited must not record into the void: from here on recordAudit throws.
      Object.freeze(auditEvents);
      if (auditEvents.length > 0) await flush(client, auditEvents);
      return value;
    },
    { timeout: timeoutMs, maxWait: timeoutMs },
  );
  announceCommitted(organizationIds(auditEvents));
  return result;
}

function organizationIds(events: readonly PendingEvent[]): Set<string> {
  return new Set(events.map((event) => event.organization.id));
}

async function flush(client: Prisma.TransactionClient, events: readonly PendingEvent[]): Promise<void> {
  const time = await lockHeads(client, organizationIds(events));
  await insertRecords(
    client,
    events.map((event) => buildRecord(event, uuidV7(time), time)),
  );
}

/**
 * Locks the heads, in one order for all writers so that they cannot deadlock, and only then reads the clock: within an
 * organization, time never runs backwards along seq. The time is the database's, in whole milliseconds.
 */
async function lockHeads(client: Prisma.TransactionClient, ids: Set<string>): Promise<Date> {
  const [row] = await client.$queryRaw<{ time: Date }[]>`
    WITH locked AS (
      SELECT 1 FROM audit_head WHERE organization_id = ANY(${[...ids]}::uuid[]) ORDER BY organization_id FOR UPDATE
    ), counted AS MATERIALIZED (
      -- Counting reads all of them. A LIMIT would stop at the first and leave the others unlocked.
      SELECT count(*) AS heads FROM locked
    )
    SELECT date_trunc('milliseconds', clock_timestamp()) AS time FROM counted WHERE heads = ${ids.size}`;
  if (!row) throw new Error('an audit event names an organization that does not exist');
  return row.time;
}
