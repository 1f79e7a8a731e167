import { randomUUID } from 'node:crypto';
import {
  authentication,
  expect,
  expectStatus,
  forgetAtProvider,
  passProvider,
  press,
  test,
} from '@/e2e/sign-in-methods';

const button = 'Continue with Google';

test('Google brings in invited people of this organization, and whoever connected it under Account', async ({
  adminPage,
  visitor,
  events,
  query,
  organization,
  admin,
}) => {
  await adminPage.goto(authentication);
  await press(adminPage, 'Enable Google sign-in');
  await expectStatus(adminPage, 'Google sign-in is enabled.');

  const id = organization.id.slice(0, 8);
  const ben = { sub: `g-${id}`, email: `ben-${id}@gmail.example`, email_verified: true, name: 'Ben Okafor' };
  const page = await visitor();
  await passProvider(page, button, ben);
  await expectStatus(page, `There is no account for ${ben.email}.`);
  await forgetAtProvider(page);

  await query(
    `INSERT INTO invitation (id, organization_id, email, role, token_hash, invited_by_id, invited_by_name, expires_at)
     VALUES ($1, $2, $3, 'auditor', decode(repeat('0', 64 - 8) || $4, 'hex'), $5, 'Alice Fox', now() + interval '1 hour')`,
    [randomUUID(), organization.id, ben.email, id, admin.id],
  );
  await passProvider(page, button, { ...ben, email_verified: false });
  await expectStatus(page, 'Your e-mail address is not verified.');
  await forgetAtProvider(page);
  await passProvider(page, button, ben);
  await expect(page).toHaveURL('/');
  await page.goto('/settings/audit-log');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Audit Log');

  // The admin's address is known here, but not that it is theirs at Google.
  const alice = { ...ben, sub: `alice-${id}`, email: admin.email };
  const stranger = await visitor();
  await passProvider(stranger, button, alice);
  await expectStatus(stranger, `${admin.email} has an account already.`);
  await adminPage.goto('/account');
  await passProvider(adminPage, 'Connect Google', alice);
  await expectStatus(adminPage, 'Google is connected.');
  await forgetAtProvider(stranger);
  await passProvider(stranger, button, alice);
  await expect(stranger).toHaveURL('/');
  expect(
    (await events()).map(({ action, metadata }) => [action, metadata.reason ?? metadata.method]),
  ).toMatchObject([
    ['user.login', 'email'],
    ['organization.auth.google.enable', undefined],
    ['user.login_failed', 'unknown_identity'],
    ['user.login_failed', 'email_not_verified'],
    ['organization.invitation.accept', undefined],
    ['user.create', undefined],
    ['user.login', 'google'],
    ['user.login_failed', 'unknown_identity'],
    ['user.identity.link', 'google'],
    ['user.login', 'google'],
  ]);
});
