import { expect, test } from 'vitest';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { db } from '@/lib/db/client';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

test('of two transactions that overlap each keeps its own events: one rolls back, the other is recorded', async () => {
  const source = await createOrganization();
  let bothStarted: () => void = () => undefined;
  const started = new Promise<void>((resolve) => {
    bothStarted = resolve;
  });
  const sessionsEnded = (count: number) => ({
    ...source,
    action: 'user.logout' as const,
    targets: [],
    metadata: { scope: 'session' as const, sessions_ended: count },
  });

  const kept = withTransaction(async (tx) => {
    await started;
    recordAudit(tx, sessionsEnded(1));
  });
  const rolledBack = withTransaction(async (tx) => {
    bothStarted();
    await kept;
    recordAudit(tx, sessionsEnded(2));
    throw new Error('rolled back');
  });

  await kept;
  await expect(rolledBack).rejects.toThrow('rolled back');
  const events = await db().auditEvent.findMany({ where: { organizationId: source.organization.id } });
  expect(events.map(({ seq, record }) => [seq, JSON.parse(record).metadata.sessions_ended])).toEqual([
    [1n, 1],
  ]);
});
