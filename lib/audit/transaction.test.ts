import { expect, test } from 'vitest';
import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { db } from '@/lib/db/client';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';
import { until } from '@/test/until';

useDatabase();

const sessionsEnded = (source: AuditSource, count = 1) => ({
  ...source,
  action: 'user.logout' as const,
  targets: [],
  metadata: { scope: 'session' as const, sessions_ended: count },
});

test('of two transactions that overlap each keeps its own events: one rolls back, the other is recorded', async () => {
  const source = await createOrganization();
  let bothStarted: () => void = () => undefined;
  const started = new Promise<void>((resolve) => {
    bothStarted = resolve;
  });

  const kept = withTransaction(async (tx) => {
    await started;
    recordAudit(tx, sessionsEnded(source, 1));
  });
  const rolledBack = withTransaction(async (tx) => {
    bothStarted();
    await kept;
    recordAudit(tx, sessionsEnded(source, 2));
    throw new Error('rolled back');
  });

  await kept;
  await expect(rolledBack).rejects.toThrow('rolled back');
  const events = await db().auditEvent.findMany({ where: { organizationId: source.organization.id } });
  expect(events.map(({ seq, record }) => [seq, JSON.parse(record).metadata.sessions_ended])).toEqual([
    [1n, 1],
  ]);
});

test('what is recorded after the last act of a transaction is refused, not lost', async () => {
  const source = await createOrganization();
  let ended: Tx | undefined;
  await withTransaction(async (tx) => {
    ended = tx;
  });
  expect(() => ended && recordAudit(ended, sessionsEnded(source))).toThrow(TypeError);
});

test('a transaction of several organizations reads the clock only when it holds all of their heads', async () => {
  const sources = [await createOrganization(), await createOrganization()];
  const [first, last] = sources.toSorted((a, b) => (a.organization.id < b.organization.id ? -1 : 1));
  if (!first || !last) throw new Error('two were made');
  const lastId = last.organization.id;
  let both: Promise<void> | undefined;
  await withTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM audit_head WHERE organization_id = ${lastId}::uuid FOR UPDATE`;
    both = withTransaction(async (other) => {
      recordAudit(other, sessionsEnded(first));
      recordAudit(other, sessionsEnded(last));
    });
    await until(async () => {
      const waiting = await db().$queryRaw<unknown[]>`
        SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      expect(waiting).toHaveLength(1);
    });
    recordAudit(tx, sessionsEnded(last));
  });
  await both;
  const events = await db().auditEvent.findMany({
    where: { organizationId: lastId },
    orderBy: { seq: 'asc' },
  });
  const times = events.map(({ occurredAt }) => occurredAt.getTime());
  expect(times).toHaveLength(2);
  expect(times[1]).toBeGreaterThanOrEqual(times[0] ?? Number.NaN);
});
