import { UserError } from '@/lib/action/user-error';
import type { Tx } from '@/lib/audit/transaction';
import type { SignInMethods } from '@/lib/auth/methods';
import { canSignIn } from '@/lib/auth/ways-in';

/**
 * Throws a UserError when an organization with these methods would leave its members no way of signing in, or no admin who
 * could put it right. Call it while holding the organization's lock.
 */
export async function requireWayIn(tx: Tx, organizationId: string, methods: SignInMethods): Promise<void> {
  if (!methods.email && !methods.google && methods.oidc === undefined) throw lastMethod;
  if (!(await someAdminCanSignIn(tx, organizationId, methods))) throw noAdmin;
}

/** Whether one of the active admins, as this transaction sees them, could sign in with these methods. */
export async function someAdminCanSignIn(
  tx: Tx,
  organizationId: string,
  methods: SignInMethods,
): Promise<boolean> {
  const admins = await tx.user.findMany({
    where: { organizationId, role: 'admin', status: 'active' },
    select: { role: true, passwordHash: true, identities: { select: { connection: true, issuer: true } } },
  });
  return admins.some((admin) => canSignIn(admin, methods));
}

const lastMethod = new UserError('This is the last way to sign in, so it stays on.', {
  hint: 'Enable another method first.',
});

const noAdmin = new UserError('Without it no admin could sign in any more, so it stays on.', {
  hint: 'An admin needs a password, or a sign-in method that stays on.',
});
