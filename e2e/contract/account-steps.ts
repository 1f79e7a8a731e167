import { personAt, type Stage } from '@/e2e/contract/stage';
import { actorOf, type Steps, targetOf } from '@/e2e/contract/step';
import { signIn } from '@/e2e/fixtures';
import { password as invitedWith } from '@/e2e/members';
import { expect, press, refusal } from '@/e2e/siem';

const newPassword = 'seven quiet lanterns drift';

async function carolOf(stage: Stage) {
  const person = await personAt(stage, stage.carol.email);
  return { actor: actorOf(person), targets: [targetOf(person)] };
}

/** What Carol does with her own account. */
export const accountSteps: Steps<
  'user.logout' | 'user.login_failed' | 'user.login' | 'user.update_name' | 'user.update_password'
> = {
  'user.logout': async (stage) => {
    await press(stage.carol.page, 'Sign out');
    await expect(stage.carol.page).toHaveURL('/login');
    return { ...(await carolOf(stage)), metadata: { scope: 'session', sessions_ended: 1 } };
  },

  'user.login_failed': async (stage) => {
    const { page, email } = stage.carol;
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await press(page, 'Sign in');
    await expect(refusal(page)).toBeVisible();
    return {
      ...(await carolOf(stage)),
      actor: { type: 'anonymous' },
      from: 'browser',
      outcome: 'failure',
      metadata: { method: 'email', reason: 'wrong_password' },
    };
  },

  'user.login': async (stage) => {
    await signIn(stage.carol.page, { email: stage.carol.email, password: invitedWith });
    return { ...(await carolOf(stage)), metadata: { method: 'email' } };
  },

  'user.update_name': async (stage) => {
    const { page } = stage.carol;
    const before = await carolOf(stage);
    await page.goto('/account');
    await page.getByLabel('Name', { exact: true }).fill('Carol Moss');
    await press(page, 'Save name');
    await expect(page.getByRole('main').getByRole('status')).toContainText('Your name was changed.');
    return {
      // She acted under the name she had.
      actor: before.actor,
      targets: (await carolOf(stage)).targets,
      changes: [{ field: 'name', from: 'Carol Diaz', to: 'Carol Moss' }],
      metadata: {},
    };
  },

  'user.update_password': async (stage) => {
    const { page } = stage.carol;
    await page.getByLabel('Current password').fill(invitedWith);
    await page.getByLabel('New password').fill(newPassword);
    await press(page, 'Change password');
    await expect(page.getByRole('main').getByRole('status')).toContainText('Your password was changed.');
    return { ...(await carolOf(stage)), metadata: { sessions_ended: 0 } };
  },
};
