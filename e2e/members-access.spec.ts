import { randomUUID } from 'node:crypto';
import { expect, test } from '@/e2e/members';
import { post, readForm } from '@/e2e/replay';

// Many pages in each, on a machine that may be slow.
test.describe.configure({ mode: 'parallel', timeout: 90_000 });

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

test('who is no admin sees neither members nor invitations, and gets nothing done', async ({
  adminPage,
  openAs,
  addPerson,
  addInvitation,
  records,
  baseURL,
}) => {
  const origin = baseURL ?? '';
  const ben = await addPerson('member');
  const own = await addInvitation('secret-guest@partner.example');
  const forms = [
    await readForm(adminPage, `${members}/${ben.id}`, 'Save role'),
    await readForm(adminPage, `${members}/invite`, 'Send invitations'),
    await readForm(adminPage, `${members}/invitations/${own.id}/revoke`, 'Revoke invitation'),
  ];
  const paths = [
    members,
    `${members}?tab=invitations`,
    `${members}/invite`,
    `${members}/${ben.id}`,
    `${members}/${ben.id}/deactivate`,
    `${members}/invitations/${own.id}`,
  ];
  for (const role of ['auditor', 'member'] as const) {
    const page = await openAs(role);
    await expect(page.getByRole('link', { name: 'Members' })).toHaveCount(0);
    const before = await records();
    for (const path of paths) {
      const response = await page.request.get(path);
      expect(response.status(), `${path} as ${role}`).toBe(403);
      expect((await response.text()).includes(own.email), path).toBe(false);
    }
    for (const form of forms) {
      const fields = form.label === 'Save role' ? { role: 'admin', confirmed: 'on' } : {};
      const response = await post(page.request, form, { origin, fields });
      expect(response.status(), form.label).toBe(403);
    }
    expect(await records()).toEqual(before);
  }
});
