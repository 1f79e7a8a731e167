import { randomUUID } from 'node:crypto';
import { UserError } from '@/lib/action/user-error';
import type { Context } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { hashPassword } from '@/lib/auth/password';
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
    const user = { id: randomUUID(), name: account.name, email: account.email, role: 'admin' as const };
    await tx.organization.create({ data: organization });
    await tx.user.create({ data: { ...user, organizationId: organization.id, passwordHash } });
    recordAudit(tx, {
      organization,
      // Nobody is signed in yet: whoever holds the one-time code acts.
      actor: { type: 'system', name: 'Set-up' },
      context,
      action: 'user.create',
      targets: [{ type: 'user', id: user.id, name: user.name }],
      metadata: { role: user.role, via: 'setup' },
    });
  });
}

/** The lock on the installation's one row makes set-ups wait for one another. */
async function requireEmptyInstallation(tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM installation FOR UPDATE`;
  if (await tx.organization.findFirst({ select: { id: true } })) {
    throw new UserError('Tracekeep is set up already.', { hint: 'Sign in instead.' });
  }
}
