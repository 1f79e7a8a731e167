import type { Stage } from '@/e2e/contract/stage';
import { actorOf, type Steps } from '@/e2e/contract/step';
import { expect, expectStatus, press } from '@/e2e/siem';
import type { Target } from '@/lib/audit/event';

const logOf = ({ organization }: Stage): Target => ({
  type: 'audit_log',
  id: organization.id,
  name: 'the audit log',
});

const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
const signed = {
  hash,
  time: expect.stringMatching(/Z$/),
  key_id: hash,
  signature: expect.stringMatching(/^[\w+/]{86}==$/),
};

async function openIntegrity({ page }: Stage): Promise<void> {
  await page.goto('/settings/audit-log/integrity');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Integrity');
}

/** Chooses a retention; what is older goes by itself at once. */
async function keepFor({ page }: Stage, days: number, button: string): Promise<void> {
  await page.goto(`/settings/audit-log/retention?days=${days}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Retention');
  await press(page, button);
  await expectStatus(page, `Events are kept for ${days} days from now on.`);
}

/** The log is signed and verified; its ancient events are past two retentions, one after the other. */
export const integritySteps: Steps<
  'audit_log.checkpoint' | 'audit_log.verify' | 'audit_log.update_retention' | 'audit_log.delete'
> = {
  'audit_log.checkpoint': async (stage) => {
    const last = (await stage.log()).at(-1);
    await openIntegrity(stage);
    await press(stage.page, 'Sign now');
    await expectStatus(stage.page, 'The end of the log is signed.');
    return {
      actor: actorOf(stage.admin),
      targets: [logOf(stage)],
      metadata: { ...signed, seq: String(last?.seq), hash: last?.hash ?? '' },
    };
  },

  'audit_log.verify': async (stage) => {
    const last = (await stage.log()).at(-1);
    await openIntegrity(stage);
    await press(stage.page, 'Verify');
    await expectStatus(stage.page, 'The verification was started.');
    return {
      actor: actorOf(stage.admin),
      targets: [logOf(stage)],
      metadata: { first_seq: '1', last_seq: String(last?.seq) },
    };
  },

  'audit_log.update_retention': async (stage) => {
    await keepFor(stage, 400, 'Delete 2 events and change retention');
    return {
      all: ['audit_log.update_retention', 'audit_log.delete'],
      actor: actorOf(stage.admin),
      targets: [logOf(stage)],
      changes: [{ field: 'retention', from: 'for ever', to: '400 days' }],
      metadata: { days: 400, events: '2' },
    };
  },

  'audit_log.delete': async (stage) => {
    await keepFor(stage, 180, 'Delete one event and change retention');
    return {
      all: ['audit_log.update_retention', 'audit_log.delete'],
      actor: { type: 'system' },
      from: 'system',
      targets: [logOf(stage)],
      metadata: {
        ...signed,
        hash: stage.ancient.at(-1)?.hash ?? '',
        first_seq: '3',
        last_seq: '3',
        events: '1',
        retention_days: 180,
      },
    };
  },
};
