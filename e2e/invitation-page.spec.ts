import { accept, expect, password, test } from '@/e2e/members';
import { post, readForm } from '@/e2e/replay';

test.describe.configure({ mode: 'parallel' });

test('who is signed in as somebody else has to choose first, and a form posted all the same does nothing', async ({
  adminPage: page,
  addInvitation,
  anotherBrowser,
  admin,
  records,
  baseURL,
}) => {
  const { token, email } = await addInvitation();
  const stranger = await anotherBrowser();
  const form = await readForm(stranger, `/invite/${token}`, 'Create account and sign in');
  await page.goto(`/invite/${token}`);
  await expect(page.getByRole('main')).toContainText(`You are signed in as ${admin.name}`);
  await expect(page.getByRole('textbox')).toHaveCount(0);
  const before = await records();
  const response = await post(page.request, form, {
    origin: baseURL ?? '',
    fields: { token, name: 'Gina', password },
  });
  expect(await response.text()).toContain('so nothing was done');
  expect(await records()).toEqual(before);

  await page.getByRole('button', { name: 'Sign out and continue' }).click();
  await expect(page.getByLabel('Your name')).toBeVisible();
  await accept(page, `/invite/${token}`, 'Gina Rossi');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview');
  expect((await records()).slice(before.length).map(({ action, actor }) => [action, actor.email])).toEqual([
    ['user.logout', admin.email],
    ['organization.invitation.accept', email],
    ['user.create', email],
    ['user.login', email],
  ]);
});

test('where e-mail sign-in is off, the invited are led to the organization’s own sign-in; expired links say so', async ({
  addInvitation,
  stranger: page,
  organization,
  query,
}) => {
  const { token } = await addInvitation();
  const expired = await addInvitation(undefined, 'expired');
  await query('INSERT INTO sign_in_policy (organization_id, email_enabled) VALUES ($1, false)', [
    organization.id,
  ]);
  await page.goto(`/invite/${token}`);
  await expect(page.getByRole('main')).toContainText('Acme Security does not use passwords');
  await expect(page.getByRole('link', { name: 'Sign in to Acme Security' })).toHaveAttribute(
    'href',
    `/login/${organization.slug}`,
  );
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await query(`UPDATE invitation SET role = 'admin' WHERE organization_id = $1`, [organization.id]);
  await page.goto(`/invite/${token}`);
  await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(
    /Only admins sign in/,
  );
  expect((await page.goto(`/invite/${expired.token}`))?.status()).toBe(410);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This invitation has expired');
  expect((await page.content()).includes(organization.name)).toBe(false);
  for (const wrong of ['x', 'a'.repeat(43), '%00', "' OR 1=1 --", 'a'.repeat(5_000)]) {
    const response = await page.request.get(`/invite/${encodeURIComponent(wrong).replace('%2500', '%00')}`);
    expect([400, 404, 414, 431], wrong).toContain(response.status());
  }
});
