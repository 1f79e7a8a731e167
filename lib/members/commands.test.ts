import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { UserError } from '@/lib/action/user-error';
import type { AuditSource } from '@/lib/audit/event';
import { findActor, startSession } from '@/lib/auth/session';
import { db } from '@/lib/db/client';
import { changeRole } from '@/lib/members/change-role';
import { deactivateMember, reactivateMember } from '@/lib/members/deactivate-member';
import { inviteMembers } from '@/lib/members/invitations/invite-members';
import { revokeMemberSessions } from '@/lib/members/revoke-member-sessions';
import { activeAdmins, addKey, addMember, recordsOf } from '@/lib/members/testing/company';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

vi.mock('next/headers', () => import('@/test/request'));

useDatabase();

const request = { ip: '203.0.113.24', userAgent: 'Firefox/140.0', requestId: 'r', path: '/' };
const signIn = ({ actor }: AuditSource) => startSession(actor.id ?? '', 'email', request);
const invite = (source: AuditSource, email: string) =>
  inviteMembers(source, { addresses: [email], role: 'member', note: null });

async function lastRecord(source: AuditSource) {
  return (await recordsOf(source)).at(-1);
}

test('a role changes with its event, holds for the session that is open, and the same role again is no event', async () => {
  const admin = await createOrganization();
  const member = await addMember(admin);
  const token = await signIn(member);
  await changeRole(admin, member.actor.id, 'auditor');
  await changeRole(admin, member.actor.id, 'auditor');

  expect((await findActor(token))?.user.role).toBe('auditor');
  const records = await recordsOf(admin);
  expect(records.map(({ action }) => action)).toEqual(['user.login', 'user.update_role']);
  expect(records.at(-1)).toMatchObject({
    outcome: 'success',
    actor: { type: 'user', id: admin.actor.id, name: 'Alice Fox', role: 'admin' },
    targets: [{ type: 'user', id: member.actor.id, name: 'Ben Okafor' }],
    changes: [{ field: 'role', from: 'member', to: 'auditor' }],
    metadata: { from: 'member', to: 'auditor' },
    context: { ip: '203.0.113.24', origin: 'console', request_id: admin.context.request_id },
  });
});

test('a deactivation ends every session and API key and revokes the open invitations of the person, each with its event', async () => {
  const admin = await createOrganization();
  const second = await addMember(admin, { name: 'Mira Sato', role: 'admin' });
  const tokens = [await signIn(second), await signIn(second)];
  const keys = [await addKey(second, 'ci'), await addKey(second, 'grafana')];
  const kept = await addKey(admin, 'kept');
  await invite(second, 'carol@acme.example');
  await invite(admin, 'dave@acme.example');
  const before = (await recordsOf(admin)).length;

  await deactivateMember(admin, second.actor.id);
  await deactivateMember(admin, second.actor.id);

  expect(await Promise.all(tokens.map(findActor))).toEqual([undefined, undefined]);
  const alive = await db().apiKey.findMany({ where: { revokedAt: null }, select: { id: true } });
  const ids = alive.map(({ id }) => id);
  expect(ids).toContain(kept);
  expect(ids).not.toEqual(expect.arrayContaining([keys[0]]));
  expect(ids).not.toEqual(expect.arrayContaining([keys[1]]));
  const open = await db().invitation.findMany({
    where: { organizationId: admin.organization.id, revokedAt: null },
    select: { email: true },
  });
  expect(open).toEqual([{ email: 'dave@acme.example' }]);

  const events = (await recordsOf(admin)).slice(before);
  expect(events.map(({ action, targets }) => [action, targets[0].name])).toEqual([
    ['api-key.delete', 'ci'],
    ['api-key.delete', 'grafana'],
    ['organization.invitation.revoke', 'carol@acme.example'],
    ['user.deactivate', 'Mira Sato'],
  ]);
  expect(events[0].metadata).toEqual({ prefix: `tk_${keys[0]?.slice(0, 8)}` });
  expect(events[3]).toMatchObject({
    actor: { id: admin.actor.id },
    targets: [{ type: 'user', id: second.actor.id }],
    changes: [{ field: 'status', from: 'active', to: 'deactivated' }],
    metadata: { sessions_ended: 2, api_keys_revoked: 2 },
  });
});

test('a reactivated member may sign in again, with the role of before; what had ended stays ended', async () => {
  const admin = await createOrganization();
  const auditor = await addMember(admin, { role: 'auditor' });
  const token = await signIn(auditor);
  await deactivateMember(admin, auditor.actor.id);
  await expect(signIn(auditor)).rejects.toThrow();
  await reactivateMember(admin, auditor.actor.id);
  await reactivateMember(admin, auditor.actor.id);

  expect(await findActor(token)).toBeUndefined();
  expect((await findActor(await signIn(auditor)))?.user.role).toBe('auditor');
  const reactivations = (await recordsOf(admin)).filter(({ action }) => action === 'user.reactivate');
  expect(reactivations).toMatchObject([
    {
      targets: [{ type: 'user', id: auditor.actor.id }],
      changes: [{ field: 'status', from: 'deactivated', to: 'active' }],
    },
  ]);
});

test('signing somebody out everywhere ends their sessions and nobody else’s', async () => {
  const admin = await createOrganization();
  const member = await addMember(admin);
  const [own, theirs] = [await signIn(admin), await signIn(member)];
  expect(await revokeMemberSessions(admin, member.actor.id)).toBe(1);
  expect(await findActor(theirs)).toBeUndefined();
  expect(await findActor(own)).toBeDefined();
  expect(await lastRecord(admin)).toMatchObject({
    action: 'user.revoke_sessions',
    targets: [{ type: 'user', id: member.actor.id }],
    metadata: { sessions_ended: 1 },
  });
  const before = (await recordsOf(admin)).length;
  expect(await revokeMemberSessions(admin, member.actor.id)).toBe(0);
  expect(await recordsOf(admin)).toHaveLength(before);
});

test('an admin who is demoted takes their open invitations along', async () => {
  const admin = await createOrganization();
  const second = await addMember(admin, { role: 'admin' });
  await invite(second, 'erin@acme.example');
  await changeRole(admin, second.actor.id, 'auditor');
  expect((await recordsOf(admin)).slice(-2)).toMatchObject([
    { action: 'user.update_role', changes: [{ from: 'admin', to: 'auditor' }] },
    { action: 'organization.invitation.revoke', targets: [{ name: 'erin@acme.example' }] },
  ]);
  expect(await db().invitation.count({ where: { email: 'erin@acme.example', revokedAt: null } })).toBe(0);
});

test('the only admin stays one, and nobody changes, deactivates or signs out themselves', async () => {
  const admin = await createOrganization();
  const own = admin.actor.id ?? '';
  for (const attempt of [() => changeRole(admin, own, 'member'), () => deactivateMember(admin, own)]) {
    await expect(attempt()).rejects.toThrow('Alice Fox is the only admin.');
  }
  await addMember(admin, { role: 'admin', status: 'deactivated' });
  await expect(deactivateMember(admin, own)).rejects.toThrow('Alice Fox is the only admin.');

  await addMember(admin, { role: 'admin' });
  await expect(changeRole(admin, own, 'member')).rejects.toThrow('You cannot change your own role.');
  await expect(deactivateMember(admin, own)).rejects.toThrow('You cannot deactivate yourself.');
  await expect(revokeMemberSessions(admin, own)).rejects.toThrow('Your own sessions are not ended here.');
  expect(await recordsOf(admin)).toEqual([]);
});

test('a right that was lost between the request and its turn is not used any more', async () => {
  const admin = await createOrganization();
  const second = await addMember(admin, { role: 'admin' });
  await changeRole(admin, second.actor.id, 'member');
  const before = (await recordsOf(admin)).length;
  for (const attempt of [
    () => changeRole(second, admin.actor.id ?? '', 'member'),
    () => deactivateMember(second, admin.actor.id ?? ''),
    () => invite(second, 'frank@acme.example'),
  ]) {
    await expect(attempt()).rejects.toThrow('You are no longer an admin');
  }
  expect(await recordsOf(admin)).toHaveLength(before);
});

test('300 attempts of admins to demote and deactivate one another, 20 at a time, leave every organization exactly one', async () => {
  for (let round = 0; round < 15; round += 1) {
    const first = await createOrganization();
    const others = await Promise.all([1, 2, 3, 4].map(() => addMember(first, { role: 'admin' })));
    const admins: AuditSource[] = [first, ...others];
    const attempts = admins.flatMap((source, at) =>
      admins
        .filter((target) => target !== source)
        .map(({ actor: { id = '' } }, to) =>
          (at + to + round) % 2 === 0 ? changeRole(source, id, 'member') : deactivateMember(source, id),
        ),
    );
    expect(attempts).toHaveLength(20);
    const results = await Promise.allSettled(attempts);
    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(failures.filter((reason) => !(reason instanceof UserError))).toEqual([]);
    expect(await activeAdmins(first)).toHaveLength(1);
  }
}, 120_000);

test('without its event no member changes', async () => {
  const admin = await createOrganization();
  const member = await addMember(admin);
  const token = await signIn(member);
  await db().$executeRaw`ALTER TABLE audit_event ADD CONSTRAINT full_disk CHECK (false) NOT VALID`;
  try {
    await expect(changeRole(admin, member.actor.id, 'admin')).rejects.toThrow();
    await expect(deactivateMember(admin, member.actor.id)).rejects.toThrow();
    await expect(revokeMemberSessions(admin, member.actor.id)).rejects.toThrow();
  } finally {
    await db().$executeRaw`ALTER TABLE audit_event DROP CONSTRAINT full_disk`;
  }
  expect(await findActor(token)).toMatchObject({ user: { role: 'member' } });
});

test('a member of another organization is as unknown as nobody', async () => {
  const admin = await createOrganization();
  const stranger = await addMember(await createOrganization());
  for (const id of [stranger.actor.id, randomUUID(), 'no-id', '']) {
    for (const command of [
      () => changeRole(admin, id, 'admin'),
      () => deactivateMember(admin, id),
      () => reactivateMember(admin, id),
      () => revokeMemberSessions(admin, id),
    ]) {
      await expect(command()).rejects.toThrow('There is no such member.');
    }
  }
  expect(await db().user.findUnique({ where: { id: stranger.actor.id } })).toMatchObject({
    role: 'member',
    status: 'active',
  });
});
