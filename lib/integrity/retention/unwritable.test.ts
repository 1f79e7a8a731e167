import { expect, test } from 'vitest';
import type { AuditSource } from '@/lib/audit/event';
import { db } from '@/lib/db/client';
import { deleteExpired } from '@/lib/integrity/retention/delete-expired';
import { setRetention } from '@/lib/integrity/retention/set-retention';
import { agedLog } from '@/lib/integrity/testing/aged-log';
import { inTurn, whileUnwritable } from '@/lib/integrity/testing/while-unwritable';
import { useDatabase } from '@/test/database';

useDatabase();

const beginOf = async ({ organization }: AuditSource) =>
  (await db().auditHead.findUniqueOrThrow({ where: { organizationId: organization.id } })).anchorSeq + 1n;

test('retention goes on behind an organization whose log cannot be written', async () => {
  const [first, second] = inTurn([await agedLog(), await agedLog()]);
  if (!first || !second) throw new Error('two were made');
  for (const source of [first, second]) await setRetention(source, { days: 400, confirmed: 10 });
  await expect(whileUnwritable(first, deleteExpired)).rejects.toThrow('unwritable');
  expect([await beginOf(first), await beginOf(second)]).toEqual([1n, 11n]);
  await deleteExpired();
  expect(await beginOf(first)).toBe(11n);
});
