import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { startSession } from '@/lib/auth/session';
import { db } from '@/lib/db/client';
import { getMember } from '@/lib/members/get-member';
import { inviteMembers } from '@/lib/members/invitations/invite-members';
import { countMembers, listMembers } from '@/lib/members/list-members';
import { formatMemberSearch, type MemberCursor, parseMemberSearch } from '@/lib/members/search';
import { addKey, addMember } from '@/lib/members/testing/company';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

vi.mock('next/headers', () => import('@/test/request'));

useDatabase();

const request = { ip: undefined, userAgent: undefined, requestId: 'r', path: '/' };
const everybody = { filter: {} };

test('pages lead through all members by name, forth and back, without a gap or a double', async () => {
  const { organization, ...source } = await createOrganization();
  const company = { organization, ...source };
  // Names of one spelling, in both cases, so that only the id tells their order.
  for (const name of ['zoe', 'Zoe', 'Émile', 'bob', 'Bob', 'BOB', 'Carl']) await addMember(company, { name });
  await addMember(await createOrganization(), { name: 'Bob of elsewhere' });

  const size = 3;
  const seen: string[][] = [];
  let cursor: MemberCursor | undefined;
  do {
    const page = await listMembers(organization.id, { filter: {}, cursor }, { size });
    seen.push(page.rows.map(({ id }) => id));
    cursor = page.next;
  } while (cursor);
  const all = await listMembers(organization.id, everybody, { size: 100 });
  expect(seen.map((page) => page.length)).toEqual([3, 3, 2]);
  expect(seen.flat()).toEqual(all.rows.map(({ id }) => id));
  expect(all.rows[0]?.name).toBe('Alice Fox');
  expect(all).toMatchObject({ next: undefined, previous: undefined });

  const last = await listMembers(
    organization.id,
    { filter: {}, cursor: { after: seen[1]?.at(-1) ?? '' } },
    { size },
  );
  const middle = await listMembers(organization.id, { filter: {}, cursor: last.previous }, { size });
  expect(middle.rows.map(({ id }) => id)).toEqual(seen[1]);
  const first = await listMembers(organization.id, { filter: {}, cursor: middle.previous }, { size });
  expect(first.rows.map(({ id }) => id)).toEqual(seen[0]);
  expect(first.previous).toBeUndefined();
});

test('name, address, role and status narrow the list; % and _ are characters', async () => {
  const company = await createOrganization();
  const { id } = company.organization;
  await addMember(company, { name: '100%_sure', role: 'auditor' });
  await addMember(company, { name: 'Gone Girl', status: 'deactivated' });
  const names = async (params: Record<string, string>) =>
    (await listMembers(id, parseMemberSearch(params), { size: 10 })).rows.map(({ name }) => name);
  expect(await names({ q: '%_S' })).toEqual(['100%_sure']);
  expect(await names({ q: '%' })).toEqual(['100%_sure']);
  expect(await names({ q: (company.actor.email ?? '').toUpperCase() })).toEqual(['Alice Fox']);
  expect(await names({ role: 'admin' })).toEqual(['Alice Fox']);
  expect(await names({ status: 'deactivated' })).toEqual(['Gone Girl']);
  expect(await names({ q: "' OR 1=1 --" })).toEqual([]);
  expect(await names({ q: 'a\0l', role: 'owner', status: '' })).toEqual(['Alice Fox']);
  expect(await countMembers(id, {})).toBe(3);
  expect(await countMembers(id, { role: 'auditor' })).toBe(1);
});

test('a cursor of another organization is no cursor', async () => {
  const company = await createOrganization();
  const stranger = await addMember(await createOrganization(), { name: 'Aaron' });
  for (const cursor of [
    { after: stranger.actor.id },
    { before: stranger.actor.id },
    { after: randomUUID() },
  ]) {
    const page = await listMembers(company.organization.id, { filter: {}, cursor }, { size: 5 });
    expect(page.rows.map(({ name }) => name)).toEqual(['Alice Fox']);
    expect(page).toMatchObject({ next: undefined, previous: undefined });
  }
});

test('an address of the list is read back as it was written, and what nobody can mean is left out', () => {
  const search = {
    filter: { text: 'a&b=c', role: 'auditor', status: 'active' },
    cursor: { after: randomUUID() },
  } as const;
  expect(parseMemberSearch(Object.fromEntries(new URLSearchParams(formatMemberSearch(search))))).toEqual(
    search,
  );
  const nonsense = { q: ['a', 'b'], role: '__proto__', status: 'constructor', after: 'x', before: "'" };
  expect(formatMemberSearch(parseMemberSearch(nonsense))).toBe('');
  expect(parseMemberSearch({ q: 'x'.repeat(5_000) }).filter.text).toHaveLength(200);
});

test('a member is shown with what ends when they are deactivated; one of another organization is not shown', async () => {
  const company = await createOrganization();
  const { id } = company.organization;
  const own = company.actor.id ?? '';
  await startSession(own, 'email', request);
  await addKey(company, 'works');
  await db().apiKey.update({ where: { id: await addKey(company, 'old') }, data: { expiresAt: new Date(0) } });
  await inviteMembers(company, { addresses: ['x@acme.example'], role: 'member', note: null });
  expect(await getMember(id, own)).toMatchObject({
    name: 'Alice Fox',
    sessions: 1,
    apiKeys: 1,
    invitations: 1,
    onlyAdmin: true,
    lastActiveAt: expect.any(Date),
  });
  const member = await addMember(company);
  expect(await getMember(id, member.actor.id)).toMatchObject({
    sessions: 0,
    apiKeys: 0,
    onlyAdmin: false,
    lastActiveAt: null,
  });
  for (const other of [(await addMember(await createOrganization())).actor.id, randomUUID(), 'x', '']) {
    expect(await getMember(id, other)).toBeUndefined();
  }
});
