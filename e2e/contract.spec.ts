import { apiSteps } from '@/e2e/contract/api-steps';
import { expectTold } from '@/e2e/contract/expect-told';
import { startOnSchedule } from '@/e2e/contract/scan-steps';
import { type Stage, test } from '@/e2e/contract/stage';
import type { Step } from '@/e2e/contract/step';
import { steps } from '@/e2e/contract/steps';
import { signIn } from '@/e2e/fixtures';
import { expect, expectInSplunk, type LoggedEvent } from '@/e2e/siem';
import { type AuditAction, auditActions, isAuditAction } from '@/lib/audit/catalog';
import { sealHash } from '@/lib/audit/chain';

// Everything that Tracekeep records, one after the other: a minute and a half, on a machine that does nothing else.
test.describe.configure({ timeout: 360_000 });

test('every action of the catalogue is done by a real act, is told once and in full, and is in Splunk byte for byte', async ({
  stage,
}) => {
  await signIn(stage.page, stage.admin);
  await doAll(stage, steps, async (action) => {
    // The same in another way: by the clock, and by a program.
    if (action === 'scan.schedule') {
      await test.step('scan.start by the schedule', () => expectTold(stage, 'scan.start', startOnSchedule));
    }
    if (action === 'api-key.create') {
      await test.step('scan.* by a key', () => doAll(stage, apiSteps));
    }
  });

  const log = await stage.log();
  expect([...new Set(log.map(({ action }) => action))].sort()).toEqual([...auditActions].sort());
  expectUnbroken(log, stage.ancient);
  const connected = log.findIndex(({ action }) => action === 'siem.integration.create');
  await expectInSplunk(stage.simulator, async () => (await stage.log()).slice(connected));
});

async function doAll(
  stage: Stage,
  table: { readonly [Action in AuditAction]?: Step<Action> },
  afterwards?: (action: AuditAction) => Promise<void>,
): Promise<void> {
  for (const action of Object.keys(table).filter(isAuditAction)) {
    const act: Step<AuditAction> | undefined = table[action];
    if (!act) throw new Error(`${action} has no step`);
    await test.step(action, () => expectTold(stage, action, act));
    await afterwards?.(action);
  }
}

/** The numbers have no gap, and each hash is that of the record and of everything before it, which may be deleted by now. */
function expectUnbroken(log: readonly LoggedEvent[], before: readonly LoggedEvent[]): void {
  let previous: Buffer = Buffer.from(before.at(-1)?.hash ?? '', 'hex');
  for (const [at, { seq, record, hash }] of log.entries()) {
    expect(seq).toBe(before.length + at + 1);
    previous = sealHash(previous, BigInt(seq), record);
    expect(hash).toBe(previous.toString('hex'));
  }
}
