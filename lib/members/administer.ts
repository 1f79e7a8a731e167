import { z } from 'zod';
import { UserError } from '@/lib/action/user-error';
import type { AuditSource } from '@/lib/audit/event';
import type { Tx } from '@/lib/audit/transaction';
import { readMethods } from '@/lib/auth/methods';
import type { Role } from '@/lib/auth/permissions';
import { someAdminCanSignIn } from '@/lib/authentication/way-in';
import { lockOrganization } from '@/lib/organization/lock';

/**
 * Begins a command about members: commands of one organization wait for one another, and whoever acts is still an active
 * admin now that it is their turn. The right that the request had at its start may be gone by then. Returns the
 * database's time. Throws a UserError.
 */
export async function administer(tx: Tx, { organization, actor }: AuditSource): Promise<Date> {
  const now = await lockOrganization(tx, organization.id);
  if (actor.type !== 'user' || actor.id === undefined) return now;
  const admin = await tx.user.findUnique({
    where: {
      organizationId_id: { organizationId: organization.id, id: actor.id },
      role: 'admin',
      status: 'active',
    },
    select: { id: true },
  });
  if (admin) return now;
  throw new UserError('You are no longer an admin, so nothing was done.', {
    hint: 'Another admin changed your role a moment ago.',
  });
}

export type Subject = {
  id: string;
  name: string;
  email: string;
  role: Role;
  status: 'active' | 'deactivated';
};

/** The person a command is about. Throws a UserError, the same for an id of another organization and for one of nobody. */
export async function findSubject(tx: Tx, { organization }: AuditSource, id: string): Promise<Subject> {
  const subject = z.uuid().safeParse(id).success
    ? await tx.user.findUnique({
        where: { organizationId_id: { organizationId: organization.id, id } },
        select: { id: true, name: true, email: true, role: true, status: true },
      })
    : null;
  if (subject) return subject;
  throw new UserError('There is no such member.', { hint: 'Go back to Members.' });
}

/** Throws a UserError when nobody would be left who can change anything. Only after {@link administer}. */
export async function requireOtherAdmin(
  tx: Tx,
  { organization }: AuditSource,
  { id, name, role, status }: Subject,
): Promise<void> {
  if (role !== 'admin' || status !== 'active') return;
  const other = await tx.user.findFirst({
    where: { organizationId: organization.id, role: 'admin', status: 'active', id: { not: id } },
    select: { id: true },
  });
  if (other) return;
  throw new UserError(`${name} is the only admin.`, { hint: 'Make somebody else an admin first.' });
}

/** Throws a UserError with this message when somebody is about to do it to themselves. */
export function requireSomebodyElse(
  { actor }: AuditSource,
  { id }: Subject,
  message: string,
  hint = 'Another admin has to do it.',
): void {
  if (actor.type === 'user' && actor.id === id) throw new UserError(message, { hint });
}

/**
 * Throws a UserError when, after the change that was just made, no admin is left who could sign in: being one is not
 * enough where the only way of theirs is switched off.
 */
export async function requireAdminWayIn(tx: Tx, { organization }: AuditSource): Promise<void> {
  if (await someAdminCanSignIn(tx, organization.id, await readMethods(organization.id, tx))) return;
  throw new UserError('No other admin could sign in any more.', {
    hint: 'An admin needs a password, or a sign-in method that is on.',
  });
}
