import { describe, expect, test } from 'vitest';
import { type Verification, type VerifyOptions, verifyChain } from '@/lib/audit/verify';
import { knownKeys } from '@/lib/crypto/signing-key';
import { db } from '@/lib/db/client';
import { setRetention } from '@/lib/integrity/retention/set-retention';
import { agedLog } from '@/lib/integrity/testing/aged-log';
import { useDatabase } from '@/test/database';
import { until } from '@/test/until';

useDatabase();

/** Verifies a log whose first ten events are deleted as soon as it was read where it begins. */
async function verifyOvertaken(options: VerifyOptions): Promise<Verification | undefined> {
  const source = await agedLog();
  const { organization } = source;
  await setRetention(source, { days: 400, confirmed: 10 });
  let verifying: Promise<Verification> | undefined;
  await db().$transaction(async (tx) => {
    await tx.$executeRaw`LOCK TABLE audit_event IN ACCESS EXCLUSIVE MODE`;
    verifying = verifyChain(organization.id, options);
    // It waits for the events.
    await until(async () => {
      const waiting = await db().$queryRaw<unknown[]>`
        SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      expect(waiting).toHaveLength(1);
    });
    await tx.$executeRaw`SELECT audit_delete_until(${organization.id}::uuid, 10, clock_timestamp(), 'key', 'signature')`;
  });
  return verifying;
}

describe.each([undefined, 5n, 11n])('a verification from No. %s that retention overtakes', (firstSeq) => {
  test('begins where the log does then', async () => {
    expect(await verifyOvertaken({ firstSeq })).toEqual({ firstSeq: 11n, lastSeq: 21n, events: 11 });
  });

  test('takes nobody’s word for where that is but that of a key', async () => {
    expect(await verifyOvertaken({ firstSeq, keys: knownKeys() })).toMatchObject({
      fault: {
        seq: 10n,
        reason: 'the place up to which the log was deleted is not signed with a key that is known here',
      },
    });
  });
});
