import { personAt, type Stage } from '@/e2e/contract/stage';
import { actorOf, type Steps, targetOf } from '@/e2e/contract/step';
import { expectStatus, press } from '@/e2e/siem';

async function openMember(stage: Stage): Promise<void> {
  const { id } = await personAt(stage, stage.carol.email);
  await stage.page.goto(`/settings/members/${id}`);
}

async function aboutCarol(stage: Stage) {
  return {
    actor: actorOf(stage.admin),
    targets: [targetOf(await personAt(stage, stage.carol.email))],
  };
}

/** What the admin does with Carol's account. */
export const memberSteps: Steps<
  'user.update_role' | 'user.revoke_sessions' | 'user.deactivate' | 'user.reactivate'
> = {
  'user.update_role': async (stage) => {
    await openMember(stage);
    await stage.page.getByRole('combobox', { name: 'Role' }).selectOption('member');
    await press(stage.page, 'Save role');
    await expectStatus(stage.page, 'Carol Moss is a member now.');
    return {
      ...(await aboutCarol(stage)),
      changes: [{ field: 'role', from: 'auditor', to: 'member' }],
      metadata: { from: 'auditor', to: 'member' },
    };
  },

  'user.revoke_sessions': async (stage) => {
    await stage.page.getByRole('link', { name: 'Sign out everywhere' }).click();
    await press(stage.page, 'Sign out everywhere');
    await expectStatus(stage.page, 'Carol Moss was signed out everywhere.');
    return { ...(await aboutCarol(stage)), metadata: { sessions_ended: 1 } };
  },

  'user.deactivate': async (stage) => {
    await stage.page.getByRole('link', { name: 'Deactivate' }).click();
    await press(stage.page, 'Deactivate');
    await expectStatus(stage.page, 'Carol Moss is deactivated.');
    return {
      ...(await aboutCarol(stage)),
      changes: [{ field: 'status', from: 'active', to: 'deactivated' }],
      metadata: { sessions_ended: 0, api_keys_revoked: 0 },
    };
  },

  'user.reactivate': async (stage) => {
    await press(stage.page, 'Reactivate');
    await expectStatus(stage.page, 'Carol Moss is active again');
    return {
      ...(await aboutCarol(stage)),
      changes: [{ field: 'status', from: 'deactivated', to: 'active' }],
      metadata: {},
    };
  },
};
