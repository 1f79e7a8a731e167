import { expect, test } from 'vitest';
import { chooseDefault, clearDefault } from '@/lib/audit-views/choose-default';
import { deleteView } from '@/lib/audit-views/delete-view';
import { getView, listViews, type Viewer } from '@/lib/audit-views/list-views';
import { changeView, saveView } from '@/lib/audit-views/save-view';
import { maxViews, viewFilter } from '@/lib/audit-views/view-input';
import type { Role } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import { addMember } from '@/lib/members/testing/company';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

async function people(): Promise<{ alice: Viewer; mira: Viewer }> {
  const source = await createOrganization();
  const { actor } = await addMember(source, { name: 'Mira Sato', role: 'auditor' });
  const viewer = ({ id = '', name = '', email = '' }: typeof source.actor, role: Role): Viewer => ({
    organization: source.organization,
    user: { id, name, email, role },
  });
  return { alice: viewer(source.actor, 'admin'), mira: viewer(actor, 'auditor') };
}

const failures = { name: 'Failures', query: 'result=failure', shared: false };
const names = async (viewer: Viewer) => (await listViews(viewer)).map(({ name }) => name);

test('a view is its owner’s until it is shared, then everybody’s of the organization to open, and nobody else’s', async () => {
  const { alice, mira } = await people();
  const { alice: stranger } = await people();
  const id = await saveView(alice, failures);
  expect(await getView(alice, id)).toEqual({
    id,
    ...failures,
    own: true,
    ownerName: 'Alice Fox',
    isDefault: false,
  });
  expect([await names(mira), await getView(mira, id), await chooseDefault(mira, id)]).toEqual([
    [],
    undefined,
    false,
  ]);

  await changeView(alice, id, { name: 'Failed', shared: true });
  expect(await listViews(mira)).toMatchObject([{ id, name: 'Failed', own: false, ownerName: 'Alice Fox' }]);
  expect(await chooseDefault(mira, id)).toBe(true);
  expect([await names(stranger), await chooseDefault(stranger, id)]).toEqual([[], false]);
  expect([await getView(stranger, id), await getView(alice, 'no id')]).toEqual([undefined, undefined]);

  // Kept to oneself again, it opens nobody else's log.
  await changeView(alice, id, { name: 'Failed', shared: false });
  await changeView(alice, id, { name: 'Failed', shared: true });
  expect(await listViews(mira)).toMatchObject([{ isDefault: false }]);
});

test('only its owner changes a view; an admin deletes a shared one too; what somebody may not see does not exist', async () => {
  const { alice, mira } = await people();
  const { alice: stranger } = await people();
  const hers = await saveView(mira, failures);
  await expect(changeView(alice, hers, failures)).rejects.toThrow('This view does not exist.');
  await expect(deleteView(alice, hers)).rejects.toThrow('This view does not exist.');
  await changeView(mira, hers, { ...failures, shared: true });
  await expect(changeView(alice, hers, failures)).rejects.toThrow('Only Mira Sato can change this view.');
  await expect(deleteView(stranger, hers)).rejects.toThrow('This view does not exist.');

  const his = await saveView(alice, { ...failures, shared: true });
  await expect(deleteView(mira, his)).rejects.toThrow('Only Alice Fox or an admin can delete this view.');
  await chooseDefault(mira, hers);
  await deleteView(alice, hers);
  expect(await listViews(mira)).toMatchObject([{ id: his, isDefault: false }]);
});

test('a name is kept once for each person, whoever is first, and fifty views are the most', async () => {
  const { alice, mira } = await people();
  const first = await saveView(alice, failures);
  await saveView(mira, failures);
  await expect(saveView(alice, failures)).rejects.toMatchObject({ field: 'name' });
  const other = await saveView(alice, { ...failures, name: 'Other' });
  await expect(changeView(alice, other, failures)).rejects.toMatchObject({ field: 'name' });
  await changeView(alice, first, { ...failures, shared: true });

  const many = await Promise.allSettled(
    Array.from({ length: 4 }, () => saveView(alice, { ...failures, name: 'At once' })),
  );
  expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);

  const owned = {
    organizationId: alice.organization.id,
    ownerId: alice.user.id,
    query: 'q=a',
    shared: false,
  };
  await db().savedView.createMany({
    data: Array.from({ length: maxViews - 3 }, (_, n) => ({
      ...owned,
      id: crypto.randomUUID(),
      name: `${n}`,
    })),
  });
  await expect(saveView(alice, { ...failures, name: 'One more' })).rejects.toThrow('You can keep 50 views.');
});

test('one view opens first for a person, another instead when they choose it, and none when they clear it', async () => {
  const { alice, mira } = await people();
  const [one, two] = [
    await saveView(alice, failures),
    await saveView(alice, { ...failures, name: 'Two', shared: true }),
  ];
  const first = async (viewer: Viewer) =>
    (await listViews(viewer)).filter(({ isDefault }) => isDefault).map(({ id }) => id);
  await chooseDefault(mira, two);
  await chooseDefault(alice, one);
  expect(await first(alice)).toEqual([one]);
  await chooseDefault(alice, two);
  expect(await first(alice)).toEqual([two]);
  await clearDefault(alice);
  expect([await first(alice), await first(mira)]).toEqual([[], [two]]);
});

test('a filter is kept in its one spelling without what is not understood; one that asks for everything is refused', async () => {
  const { alice } = await people();
  const id = await saveView(alice, {
    ...failures,
    query: 'actr=1&ip=203.0.113.9/24&size=100&cursor=x&q=a%20-b&range=7d',
  });
  const query = (await getView(alice, id))?.query ?? '';
  expect(query).toBe('q=a+-b&ip=203.0.113.0%2F24&range=7d');
  expect(viewFilter(query)).toMatchObject({
    text: { is: ['a'], not: ['b'] },
    created: { range: { last: '7d' } },
  });
  await expect(saveView(alice, { ...failures, name: 'All', query: 'size=25&actr=1' })).rejects.toThrow(
    'no filter',
  );
  const long = Array.from({ length: 40 }, (_, n) => `actor=${n}${'x'.repeat(150)}`).join('&');
  await expect(saveView(alice, { ...failures, name: 'Long', query: long })).rejects.toThrow('too long');
  // Refused unread: to read a hundred thousand parameters one by one would keep the process from everybody else.
  const endless = `actor=fox&${Array.from({ length: 100_000 }, (_, n) => `a${n}`).join('&')}`;
  await expect(saveView(alice, { ...failures, name: 'Endless', query: endless })).rejects.toThrow('too long');
});
