import type { Stage } from '@/e2e/contract/stage';
import { actorOf, type Steps } from '@/e2e/contract/step';
import { createScan, expect, state } from '@/e2e/scans';
import { expectStatus, press } from '@/e2e/siem';
import type { AuditAction } from '@/lib/audit/catalog';
import type { Target } from '@/lib/audit/event';

const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);
const [shop, intranet] = ['shop', 'intranet'];

export async function scanTarget({ query, organization }: Stage, name: string): Promise<Target> {
  const [row] = await query<{ id: string }>('SELECT id FROM scan WHERE organization_id = $1 AND name = $2', [
    organization.id,
    name,
  ]);
  return { type: 'scan', id: row?.id, name };
}

async function open(stage: Stage, name: string): Promise<void> {
  await stage.page.goto(`/scans/${(await scanTarget(stage, name)).id}`);
}

/** Two scans: of a target that answers at once, and of one that never does, so that there is something to stop. */
export const scanSteps: Steps<Extract<AuditAction, `scan.${string}`>> = {
  'scan.create': async (stage) => {
    await createScan(stage.page, shop, stage.targets.quick);
    return {
      actor: actorOf(stage.admin),
      targets: [await scanTarget(stage, shop)],
      metadata: { target_url: `${stage.targets.quick}/` },
    };
  },

  'scan.finish': async (stage) => {
    await press(stage.page, 'Start');
    await expect(state(stage.page)).toContainText('Finished', { timeout: 20_000 });
    return {
      all: ['scan.start', 'scan.finish'],
      from: 'system',
      actor: { type: 'system', name: 'Scanner' },
      targets: [await scanTarget(stage, shop)],
      metadata: { run_id: uuid, grade: expect.stringMatching(/^[A-F]$/), findings: expect.any(Number) },
    };
  },

  'scan.start': async (stage) => {
    await createScan(stage.page, intranet, stage.targets.silent);
    await press(stage.page, 'Start');
    await expect(stage.page.getByRole('button', { name: 'Stop' })).toBeVisible();
    return {
      all: ['scan.create', 'scan.start'],
      actor: actorOf(stage.admin),
      targets: [await scanTarget(stage, intranet)],
      metadata: { run_id: uuid, trigger: 'manual' },
    };
  },

  'scan.stop': async (stage) => {
    await press(stage.page, 'Stop');
    await expectStatus(stage.page, `${intranet} was stopped.`);
    return {
      actor: actorOf(stage.admin),
      targets: [await scanTarget(stage, intranet)],
      metadata: { run_id: uuid },
    };
  },

  'scan.schedule': async (stage) => {
    await open(stage, shop);
    const { page } = stage;
    await page.getByRole('link', { name: 'Add schedule' }).click();
    await page.getByLabel('Repeats').selectOption('Every week');
    await page.getByLabel('Day of the week').selectOption('Sunday');
    await page.getByLabel('Time', { exact: true }).fill('02:30');
    await page.getByLabel('Time zone', { exact: true }).selectOption('Europe/Berlin');
    await press(page, 'Save schedule');
    await expectStatus(page, 'The schedule was saved.');
    return {
      actor: actorOf(stage.admin),
      targets: [await scanTarget(stage, shop)],
      changes: [
        { field: 'cron', to: '30 2 * * 0' },
        { field: 'time_zone', to: 'Europe/Berlin' },
      ],
      metadata: { cron: '30 2 * * 0', time_zone: 'Europe/Berlin' },
    };
  },

  'scan.unschedule': async (stage) => {
    await open(stage, shop);
    await stage.page.getByRole('link', { name: 'Change schedule' }).click();
    await press(stage.page, 'Remove schedule');
    await expectStatus(stage.page, 'The schedule was removed.');
    return {
      actor: actorOf(stage.admin),
      targets: [await scanTarget(stage, shop)],
      changes: [
        { field: 'cron', from: '30 2 * * 0' },
        { field: 'time_zone', from: 'Europe/Berlin' },
      ],
      metadata: {},
    };
  },

  'scan.delete': async (stage) => {
    const gone = await scanTarget(stage, shop);
    await open(stage, shop);
    await stage.page.getByRole('link', { name: 'Delete scan' }).click();
    await stage.page.getByRole('textbox', { name: `Type ${shop} to confirm` }).fill(shop);
    await press(stage.page, 'Delete scan');
    await expectStatus(stage.page, 'The scan was deleted.');
    return { actor: actorOf(stage.admin), targets: [gone], metadata: {} };
  },
};

/** The scheduler starts the scan that `scan.schedule` gave a schedule, whose time has come. */
export async function startOnSchedule(stage: Stage) {
  const { id } = await scanTarget(stage, shop);
  await stage.query(`UPDATE scan SET next_run_at = now() WHERE id = $1`, [id]);
  return {
    all: ['scan.start', 'scan.finish'] satisfies AuditAction[],
    from: 'scheduler' as const,
    actor: { type: 'system' as const, name: 'Scheduler' },
    targets: [await scanTarget(stage, shop)],
    metadata: { run_id: uuid, trigger: 'schedule' as const },
  };
}
