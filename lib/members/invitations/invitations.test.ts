import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { db } from '@/lib/db/client';
import { acceptInvitation } from '@/lib/members/invitations/accept-invitation';
import { linksAnHour } from '@/lib/members/invitations/allowance';
import { inviteMembers } from '@/lib/members/invitations/invite-members';
import { countOpen, getInvitation, listInvitations } from '@/lib/members/invitations/list-invitations';
import { getInvitationByToken } from '@/lib/members/invitations/received-invitation';
import { copyLink, resendInvitation } from '@/lib/members/invitations/renew-invitation';
import { revokeInvitation } from '@/lib/members/invitations/revoke-invitation';
import { addMember, recordsOf } from '@/lib/members/testing/company';
import { expire, invite, someone, tokenIn } from '@/lib/members/testing/invite';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

vi.mock('next/headers', () => import('@/test/request'));

useDatabase();

const account = { name: 'Carol Diaz', password: 'violet harbour clockwork 9' };
const context = { origin: 'console' as const };

test('an invitation is recorded with role and end, and the link’s secret is stored and recorded nowhere', async () => {
  const admin = await createOrganization();
  const { id, email, token } = await invite(admin);
  const [record, ...more] = await recordsOf(admin);
  expect(more).toEqual([]);
  expect(record).toMatchObject({
    action: 'organization.invitation.create',
    actor: { id: admin.actor.id, name: 'Alice Fox' },
    targets: [{ type: 'invitation', id, name: email }],
    metadata: { role: 'auditor', delivery: 'link' },
    context: { ip: '203.0.113.24' },
  });
  const hours = (Date.parse(record.metadata.expires_at) - Date.parse(record.time)) / 3_600_000;
  expect(hours).toBeCloseTo(72, 1);
  const stored = await db().$queryRaw<{ text: string }[]>`
    SELECT i::text AS text FROM invitation i UNION ALL SELECT e::text FROM audit_event e`;
  const text = JSON.stringify(stored);
  for (const form of [token, Buffer.from(token).toString('hex')]) expect(text).not.toContain(form);
});

test('inviting an address again replaces the open invitation; members are reported and not invited', async () => {
  const admin = await createOrganization();
  const first = await invite(admin);
  const member = await addMember(admin);
  const gone = await addMember(admin, { status: 'deactivated' });
  const addresses = [member.actor.email, first.email, gone.actor.email];
  const invited = await inviteMembers(admin, { addresses, role: 'member', note: 'Welcome!' });
  expect(invited).toEqual([
    { email: member.actor.email, outcome: 'member', memberId: member.actor.id },
    { email: first.email, outcome: 'link', url: expect.any(String) },
    { email: gone.actor.email, outcome: 'deactivated', memberId: gone.actor.id },
  ]);
  expect((await getInvitationByToken(first.token))?.state).toBe('revoked');
  const rows = await db().invitation.findMany({
    where: { organizationId: admin.organization.id },
    orderBy: { createdAt: 'asc' },
  });
  expect(rows).toMatchObject([
    { id: first.id, role: 'auditor', revokedAt: expect.any(Date) },
    { email: first.email, role: 'member', message: 'Welcome!', revokedAt: null },
  ]);
  expect((await recordsOf(admin)).map(({ action, targets }) => [action, targets[0].id])).toEqual([
    ['organization.invitation.create', first.id],
    ['organization.invitation.revoke', first.id],
    ['organization.invitation.create', rows[1]?.id],
  ]);
});

test('ten admins who invite the same address at once leave one open invitation', async () => {
  const admin = await createOrganization();
  const email = someone();
  await Promise.all(Array.from({ length: 10 }, () => invite(admin, email)));
  expect(await db().invitation.count({ where: { email, revokedAt: null } })).toBe(1);
});

test('a new link kills the one before and makes an expired invitation pending again', async () => {
  const admin = await createOrganization();
  const { id, email, token } = await invite(admin);
  await expire(id);
  const renewed = await copyLink(admin, id);
  if (renewed.outcome !== 'link') throw new Error('no link');
  expect(await getInvitationByToken(token)).toBeUndefined();
  expect(await getInvitationByToken(tokenIn(renewed.url))).toMatchObject({ id, email, state: 'pending' });
  const record = (await recordsOf(admin)).at(-1);
  expect(record).toMatchObject({
    action: 'organization.invitation.resend',
    targets: [{ type: 'invitation', id, name: email }],
    metadata: { delivery: 'link' },
  });
  expect(JSON.stringify(record)).not.toContain(tokenIn(renewed.url));
  await expect(resendInvitation(admin, id)).rejects.toThrow('E-mail is not set up');
});

test('a revoked or accepted invitation is neither renewed nor revoked again', async () => {
  const admin = await createOrganization();
  const revoked = await invite(admin);
  await revokeInvitation(admin, revoked.id);
  const accepted = await invite(admin);
  await acceptInvitation(accepted.token, account, context);
  const before = (await recordsOf(admin)).length;
  for (const command of [copyLink, revokeInvitation]) {
    await expect(command(admin, revoked.id)).rejects.toThrow('This invitation was revoked.');
    await expect(command(admin, accepted.id)).rejects.toThrow('has accepted this invitation.');
  }
  expect(await recordsOf(admin)).toHaveLength(before);
});

test('an invitation of another organization is as unknown as nobody’s', async () => {
  const admin = await createOrganization();
  const other = await invite(await createOrganization());
  for (const id of [other.id, randomUUID(), 'x', '']) {
    for (const command of [copyLink, revokeInvitation])
      await expect(command(admin, id)).rejects.toThrow('There is no such invitation.');
    expect(await getInvitation(admin.organization.id, id)).toBeUndefined();
  }
  expect((await getInvitationByToken(other.token))?.state).toBe('pending');
  expect(await listInvitations(admin.organization.id, 'pending', { size: 9, after: other.id })).toEqual({
    rows: [],
    next: undefined,
  });
});

test('the list shows each state by itself, newest first, page after page', async () => {
  const admin = await createOrganization();
  const { id: organizationId } = admin.organization;
  const pending = [await invite(admin), await invite(admin), await invite(admin)];
  const expired = await invite(admin);
  await expire(expired.id);
  const revoked = await invite(admin);
  await revokeInvitation(admin, revoked.id);
  const accepted = await invite(admin);
  await acceptInvitation(accepted.token, account, context);

  const first = await listInvitations(organizationId, 'pending', { size: 2 });
  const second = await listInvitations(organizationId, 'pending', { size: 2, after: first.next });
  expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(pending.map(({ id }) => id).reverse());
  expect(second.next).toBeUndefined();
  for (const [state, { id }] of Object.entries({ expired, revoked, accepted })) {
    if (state !== 'expired' && state !== 'revoked' && state !== 'accepted') throw new Error(state);
    const { rows } = await listInvitations(organizationId, state, { size: 9 });
    expect(rows).toMatchObject([{ id, state, inviter: 'Alice Fox' }]);
    expect(await getInvitation(organizationId, id)).toEqual(rows[0]);
  }
  expect(await countOpen(organizationId)).toEqual({ pending: 3, expired: 1 });
});

test('what is beyond the allowance of an hour is reported with the time to wait, and nothing of it is stored', async () => {
  const admin = await createOrganization();
  const { id } = await invite(admin);
  await db().rateLimit.update({
    where: { key: `invitations/${admin.organization.id}` },
    data: { count: linksAnHour - 1 },
  });
  const addresses = [someone(), someone()];
  const invited = await inviteMembers(admin, { addresses, role: 'member', note: null });
  expect(invited).toMatchObject([
    { outcome: 'link' },
    {
      email: addresses[1],
      outcome: 'limited',
      problem: expect.stringMatching(/are the limit\. Try again in \d+ minutes\.$/),
    },
  ]);
  expect(await db().invitation.count({ where: { email: { in: addresses } } })).toBe(1);
  await expect(copyLink(admin, id)).rejects.toThrow('100 invitations an hour are the limit.');
  await expect(invite(await createOrganization())).resolves.toBeDefined();
});
