import { randomUUID } from 'node:crypto';
import { expect, test } from '@/e2e/members';
import { post, readForm } from '@/e2e/replay';

test.describe.configure({ mode: 'parallel' });

const members = '/settings/members';

test('people and invitations of another organization do not exist here, to pages and actions alike', async ({
  adminPage: page,
  addPerson,
  addInvitation,
  neighbour,
  query,
  records,
  baseURL,
}) => {
  const origin = baseURL ?? '';
  const { personId, invitation, secret } = neighbour;
  const ids = { [personId]: personId, nobody: randomUUID() };
  for (const id of Object.values(ids)) {
    for (const end of ['', '/deactivate', '/sign-out']) {
      const response = await page.request.get(`${members}/${id}${end}`);
      expect(response.status()).toBe(404);
      expect(await response.text()).not.toContain(secret);
    }
  }
  for (const id of [invitation.id, randomUUID(), 'x']) {
    for (const end of ['', '/revoke'])
      expect((await page.request.get(`${members}/invitations/${id}${end}`)).status()).toBe(404);
  }
  for (const path of [members, `${members}?q=${secret}`, `${members}?tab=invitations`]) {
    await page.goto(path);
    await expect(page.getByRole('main').getByText(`${secret}-`)).toHaveCount(0);
  }

  const ben = await addPerson('member');
  const own = await addInvitation();
  const forms = [
    await readForm(page, `${members}/${ben.id}`, 'Save role'),
    await readForm(page, `${members}/${ben.id}/deactivate`, 'Deactivate'),
    await readForm(page, `${members}/${ben.id}/sign-out`, 'Sign out everywhere'),
    await readForm(page, `${members}/invitations/${own.id}/revoke`, 'Revoke invitation'),
    await readForm(page, `${members}/invitations/${own.id}`, 'Send again'),
  ];
  const before = await records();
  for (const form of forms) {
    const rest: Record<string, string> = form.label === 'Save role' ? { role: 'admin' } : {};
    const by: Record<string, string> = form.label === 'Send again' ? { by: 'link' } : {};
    const answers = await Promise.all(
      [form.path.includes('invitations') ? invitation.id : personId, randomUUID()].map(async (id) => {
        const response = await post(page.request, form, { origin, fields: { id, ...rest, ...by } });
        expect(response.status(), form.label).toBe(200);
        const text = await response.text();
        expect(text, form.label).toMatch(/There is no such (member|invitation)\./);
        return text;
      }),
    );
    expect(answers.join().includes(secret), form.label).toBe(false);
  }
  expect(await records()).toEqual(before);
  const rows = await query('SELECT role::text, status::text FROM app_user WHERE id = $1', [personId]);
  expect(rows).toEqual([{ role: 'admin', status: 'active' }]);
});
