import type { Stage } from '@/e2e/contract/stage';
import { actorOf, type Steps } from '@/e2e/contract/step';
import { expect, expectStatus, press } from '@/e2e/siem';
import type { Target } from '@/lib/audit/event';

const name = 'ci-nightly';
const page = '/settings/api-keys';

/** The key, and the part of it that may be shown. */
export async function keyOf({ query, organization }: Stage): Promise<{ target: Target; prefix: string }> {
  const [row] = await query<{ id: string; prefix: string }>(
    'SELECT id, prefix FROM api_key WHERE organization_id = $1',
    [organization.id],
  );
  if (!row) throw new Error('there is no key');
  return { target: { type: 'api_key', id: row.id, name }, prefix: row.prefix };
}

/** A key is made, and revoked after it was used. */
export const apiKeySteps: Steps<'api-key.create' | 'api-key.delete'> = {
  'api-key.create': async (stage) => {
    await stage.page.goto(`${page}/new`);
    await stage.page.getByLabel('Name').fill(name);
    await stage.page.getByLabel('Manage scans').check();
    await press(stage.page, 'Create key');
    await expect(stage.page.getByLabel('API key', { exact: true })).toHaveValue(/^tk_\w{60}$/);
    const { target, prefix } = await keyOf(stage);
    return {
      actor: actorOf(stage.admin),
      targets: [target],
      metadata: {
        prefix,
        scopes: ['scans:write'],
        expires_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      },
    };
  },

  'api-key.delete': async (stage) => {
    const { target, prefix } = await keyOf(stage);
    await stage.page.goto(`${page}/${target.id}/revoke`);
    await stage.page.getByLabel(`Type ${name} to confirm`).fill(name);
    await press(stage.page, 'Revoke key');
    await expectStatus(stage.page, `The key ${name} was revoked.`);
    return { actor: actorOf(stage.admin), targets: [target], metadata: { prefix } };
  },
};
