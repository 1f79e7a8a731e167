import { expect, test } from 'vitest';
import { verifyChain } from '@/lib/audit/verify';
import { db } from '@/lib/db/client';
import { setRetention } from '@/lib/integrity/retention/set-retention';
import { agedLog } from '@/lib/integrity/testing/aged-log';
import { useDatabase } from '@/test/database';
import { until } from '@/test/until';

useDatabase();

test.each([undefined, 5n, 11n])(
  'a verification from No. %s that retention overtakes begins where the log does then',
  async (firstSeq) => {
    const source = await agedLog();
    const { organization } = source;
    await setRetention(source, { days: 400, confirmed: 10 });
    let verifying: ReturnType<typeof verifyChain> | undefined;
    await db().$transaction(async (tx) => {
      await tx.$executeRaw`LOCK TABLE audit_event IN ACCESS EXCLUSIVE MODE`;
      verifying = verifyChain(organization.id, { firstSeq });
      // It has read where the log begins, and waits for the events.
      await until(async () => {
        const waiting = await db().$queryRaw<unknown[]>`
          SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        expect(waiting).toHaveLength(1);
      });
      await tx.$executeRaw`SELECT audit_delete_until(${organization.id}::uuid, 10, clock_timestamp(), 'key', 'signature')`;
    });
    expect(await verifying).toEqual({ firstSeq: 11n, lastSeq: 21n, events: 11 });
  },
);
