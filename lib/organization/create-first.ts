import { randomUUID } from 'node:crypto';
import { UserError } from '@/lib/action/user-error';
import type { AuditSource, Context } from '@/lib/audit/event';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { hashPassword } from '@/lib/auth/password';
import { addUser } from '@/lib/organization/add-user';
import { slugOf } from '@/lib/organization/slug';

export type FirstAccount = { organization: string; name: string; email: string; password: string };

/**
 * Creates the organization, its first admin, and the event `user.create`, all or nothing. Of two set-ups at the same
 * time one wins; the other gets a UserError and leaves nothing behind.
 */
export async function createFirstOrganization(account: FirstAccount, context: Context): Promise<void> {
  const passwordHash = await hashPassword(account.password);
  await withTransaction(async (tx) => {
    await requireEmptyInstallation(tx);
    const organization = {
      id: randomUUID(),
      slug: slugOf(account.organization),
      name: account.organization,
    };
    await tx.organization.create({ data: organization });
    // Nobody is signed in yet: whoever holds the one-time code acts.
    const source: AuditSource = { organization, actor: { type: 'system', name: 'Set-up' }, context };
    const { name, email } = account;
    await addUser(tx, source, { name, email, role: 'admin', passwordHash }, 'setup');
  });
}

/** The lock on the installation's one row makes set-ups wait for one another. */
async function requireEmptyInstallation(tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM installation FOR UPDATE`;
  if (await tx.organization.findFirst({ select: { id: true } })) {
    throw new UserError('Tracekeep is set up already.', { hint: 'Sign in instead.' });
  }
}
