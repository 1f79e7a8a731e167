import { beforeEach, expect, test, vi } from 'vitest';
import { actorOrResponse, requireActor, requirePermission } from '@/lib/auth/actor';
import { log } from '@/lib/log';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';
import { receive } from '@/test/request';
import { signInAs } from '@/test/signed-in';

vi.mock('next/headers', () => import('@/test/request'));

useDatabase();

beforeEach(() => receive({ 'x-tracekeep-path': '/settings/siem?x=1' }, { forget: true }));

const redirectTo = (path: string) => ({ digest: expect.stringContaining(`;${path};`) });

test('before the first account everybody is led to the set-up, afterwards to the sign-in page and back', async () => {
  await expect(requireActor()).rejects.toMatchObject(redirectTo('/setup'));
  await createOrganization();
  await expect(requireActor()).rejects.toMatchObject(redirectTo('/login?next=%2Fsettings%2Fsiem%3Fx%3D1'));
});

test('a page lets in who holds the permission, and answers 403 with a line in the log to who does not', async () => {
  const { id: userId } = (await signInAs('auditor')).user;
  expect(await requirePermission('siem.read')).toMatchObject({ user: { id: userId, role: 'auditor' } });

  const warn = vi.spyOn(log, 'warn');
  await expect(requirePermission('siem.manage')).rejects.toMatchObject({
    digest: 'NEXT_HTTP_ERROR_FALLBACK;403',
  });
  expect(warn).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ user_id: userId, role: 'auditor', permission: 'siem.manage' }),
    'access denied',
  );
});

test('a route handler gets the actor, or the answer to give: 401 or 403 as JSON', async () => {
  const stranger = await actorOrResponse('audit_log.read');
  expect(stranger).toBeInstanceOf(Response);
  expect(stranger).toMatchObject({ status: 401 });

  await signInAs('member');
  const member = await actorOrResponse('audit_log.read');
  expect(member instanceof Response && [member.status, await member.json()]).toEqual([
    403,
    { error: 'Your role, member, does not allow this. An admin can change it.' },
  ]);

  const { id: userId } = (await signInAs('auditor')).user;
  expect(await actorOrResponse('audit_log.read')).toMatchObject({ user: { id: userId } });
});
