import { randomUUID } from 'node:crypto';
import { UserError } from '@/lib/action/user-error';
import type { AuditMetadata } from '@/lib/audit/catalog';
import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import type { Tx } from '@/lib/audit/transaction';
import type { Role } from '@/lib/auth/permissions';

export type NewUser = {
  /** Chosen by the caller where the person is the actor of their own event. */
  id?: string;
  name: string;
  /** Canonical (lib/auth/email-address.ts). */
  email: string;
  role: Role;
  /** Absent for somebody who only signs in through an identity provider. */
  passwordHash?: string;
};

/**
 * Adds a person to the source's organization and records `user.create`, in the caller's transaction. Throws a UserError
 * at `email` when the address is taken: one address is one person in the whole installation (docs/decisions/0008).
 */
export async function addUser(
  tx: Tx,
  source: AuditSource,
  user: NewUser,
  via: AuditMetadata<'user.create'>['via'],
): Promise<{ id: string }> {
  const id = user.id ?? randomUUID();
  const { count } = await tx.user.createMany({
    data: [{ ...user, id, organizationId: source.organization.id }],
    skipDuplicates: true,
  });
  if (count === 0) {
    throw new UserError('This e-mail address already has an account here.', {
      field: 'email',
      hint: 'Sign in with it, or use another address.',
    });
  }
  recordAudit(tx, {
    ...source,
    action: 'user.create',
    targets: [{ type: 'user', id, name: user.name }],
    metadata: { role: user.role, via },
  });
  return { id };
}
