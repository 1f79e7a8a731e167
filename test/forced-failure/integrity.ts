import { recordLogin } from '@/lib/audit/testing/record-login';
import { db } from '@/lib/db/client';
import { deleteExpired } from '@/lib/integrity/retention/delete-expired';
import { setRetention } from '@/lib/integrity/retention/set-retention';
import { signCheckpoint, signDueCheckpoints } from '@/lib/integrity/sign-checkpoint';
import { agedLog, daysAgo } from '@/lib/integrity/testing/aged-log';
import { startVerification } from '@/lib/integrity/verification/start-verification';
import type { Prepare } from '@/test/forced-failure/world';
import { createOrganization } from '@/test/organization';

/** Commands about the log itself. */
export const integrity: Record<string, Prepare> = {
  async signCheckpoint() {
    const source = await createOrganization();
    await recordLogin(source);
    return () => signCheckpoint(source);
  },
  async signDueCheckpoints() {
    const { organization } = await agedLog();
    await db().organization.update({ where: { id: organization.id }, data: { createdAt: daysAgo(1_000) } });
    return () => signDueCheckpoints();
  },
  async startVerification() {
    const source = await createOrganization();
    await recordLogin(source);
    return () => startVerification(source, {});
  },
  async setRetention() {
    const source = await createOrganization();
    return () => setRetention(source, { days: 400, confirmed: 0 });
  },
  async deleteExpired() {
    const { organization } = await agedLog();
    await db().organization.update({ where: { id: organization.id }, data: { retentionDays: 400 } });
    return () => deleteExpired();
  },
};
