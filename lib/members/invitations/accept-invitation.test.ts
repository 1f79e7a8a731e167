import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import type { AuditSource } from '@/lib/audit/event';
import { verifyPassword } from '@/lib/auth/password';
import { db } from '@/lib/db/client';
import { acceptInvitation } from '@/lib/members/invitations/accept-invitation';
import { getInvitationByToken } from '@/lib/members/invitations/received-invitation';
import { revokeInvitation } from '@/lib/members/invitations/revoke-invitation';
import { recordsOf } from '@/lib/members/testing/company';
import { expire, invite, someone } from '@/lib/members/testing/invite';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

vi.mock('next/headers', () => import('@/test/request'));

useDatabase();

const context = {
  ip: '198.51.100.9',
  user_agent: 'Safari',
  request_id: randomUUID(),
  origin: 'console' as const,
};
const account = { name: 'Carol Diaz', password: 'violet harbour clockwork 9' };

test('who accepts becomes a member of that organization with that role and password, and is the actor of it', async () => {
  const admin = await createOrganization();
  const { id, email, token } = await invite(admin);
  expect(await acceptInvitation(token, account, context)).toEqual({ email });
  const user = await db().user.findUniqueOrThrow({ where: { email } });
  expect(user).toMatchObject({
    name: 'Carol Diaz',
    role: 'auditor',
    status: 'active',
    organizationId: admin.organization.id,
  });
  expect(await verifyPassword(user.passwordHash, account.password)).toBe(true);
  const actor = { type: 'user', id: user.id, name: 'Carol Diaz', email, role: 'auditor' };
  expect((await recordsOf(admin)).slice(1)).toMatchObject([
    {
      action: 'organization.invitation.accept',
      actor,
      targets: [{ type: 'invitation', id, name: email }],
      metadata: { role: 'auditor' },
      context: { ip: '198.51.100.9' },
    },
    {
      action: 'user.create',
      actor,
      targets: [{ type: 'user', id: user.id, name: 'Carol Diaz' }],
      metadata: { role: 'auditor', via: 'invitation' },
    },
  ]);
});

test('of 20 acceptances at once one makes a member', async () => {
  const admin = await createOrganization();
  const { email, token } = await invite(admin);
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, () => acceptInvitation(token, account, context)),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await db().user.count({ where: { email } })).toBe(1);
  expect((await recordsOf(admin)).map(({ action }) => action)).toEqual([
    'organization.invitation.create',
    'organization.invitation.accept',
    'user.create',
  ]);
});

test('without its events there is neither a member nor an accepted invitation', async () => {
  const { email, token } = await invite(await createOrganization());
  await db().$executeRaw`ALTER TABLE audit_event ADD CONSTRAINT full_disk CHECK (false) NOT VALID`;
  try {
    await expect(acceptInvitation(token, account, context)).rejects.toThrow();
  } finally {
    await db().$executeRaw`ALTER TABLE audit_event DROP CONSTRAINT full_disk`;
  }
  expect(await db().user.count({ where: { email } })).toBe(0);
  expect((await getInvitationByToken(token))?.state).toBe('pending');
});

test('looking at an invitation changes nothing, and says what it offers', async () => {
  const admin = await createOrganization();
  const { token, email } = await invite(admin);
  for (let look = 0; look < 3; look += 1) {
    expect(await getInvitationByToken(token)).toMatchObject({
      email,
      role: 'auditor',
      inviter: 'Alice Fox',
      state: 'pending',
      organization: { name: 'Acme Security' },
      emailSignIn: true,
    });
  }
  for (const wrong of [
    '',
    'x',
    `${token}x`,
    token.slice(1),
    "' OR 1=1 --".padEnd(43, 'x'),
    '\0'.repeat(43),
  ]) {
    expect(await getInvitationByToken(wrong)).toBeUndefined();
    await expect(acceptInvitation(wrong, account, context)).rejects.toThrow('does not work any more');
  }
});

test.each([
  ['expired', (_admin: AuditSource, id: string) => expire(id)],
  ['revoked', (admin: AuditSource, id: string) => revokeInvitation(admin, id)],
  [
    'accepted',
    (_admin: AuditSource, _id: string, token: string) => acceptInvitation(token, account, context),
  ],
])('an invitation that is %s makes no member', async (state, end) => {
  const admin = await createOrganization();
  const { id, token } = await invite(admin);
  await end(admin, id, token);
  expect((await getInvitationByToken(token))?.state).toBe(state);
  const before = (await recordsOf(admin)).length;
  await expect(acceptInvitation(token, { ...account, name: 'Eve' }, context)).rejects.toThrow(
    'does not work any more',
  );
  expect(await recordsOf(admin)).toHaveLength(before);
});

test('a weak password, and one made of what everybody knows about the person, is refused', async () => {
  const { token } = await invite(await createOrganization());
  for (const password of ['short', 'AcmeSecurityCarol1']) {
    await expect(acceptInvitation(token, { ...account, password }, context)).rejects.toMatchObject({
      field: 'password',
    });
  }
  expect((await getInvitationByToken(token))?.state).toBe('pending');
});

test('an address that has an account elsewhere stays there', async () => {
  const elsewhere = await createOrganization();
  const admin = await createOrganization();
  const { token } = await invite(admin, elsewhere.actor.email);
  await expect(acceptInvitation(token, account, context)).rejects.toMatchObject({ field: 'email' });
  expect(await db().user.findUnique({ where: { email: elsewhere.actor.email ?? '' } })).toMatchObject({
    organizationId: elsewhere.organization.id,
    name: 'Alice Fox',
    role: 'admin',
  });
});

test('where e-mail sign-in is off only an admin gets a password', async () => {
  const admin = await createOrganization();
  await db().signInPolicy.create({ data: { organizationId: admin.organization.id, emailEnabled: false } });
  const member = await invite(admin, someone(), 'member');
  await expect(acceptInvitation(member.token, account, context)).rejects.toThrow('does not use passwords');
  const second = await invite(admin, someone(), 'admin');
  await expect(acceptInvitation(second.token, account, context)).resolves.toEqual({ email: second.email });
});
