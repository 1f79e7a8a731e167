import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { UserError } from '@/lib/action/user-error';
import type { AuditSource } from '@/lib/audit/event';
import { db } from '@/lib/db/client';
import { createScan, maxScans } from '@/lib/scans/create-scan';
import { deleteScan } from '@/lib/scans/delete-scan';
import { NotFoundError } from '@/lib/scans/not-found';
import { getRun, listRuns } from '@/lib/scans/read-runs';
import { getScan, listScans } from '@/lib/scans/read-scans';
import { scheduleScan, unscheduleScan } from '@/lib/scans/schedule-scan';
import { startScan } from '@/lib/scans/start-scan';
import { stopScan } from '@/lib/scans/stop-scan';
import { recorded, recordedActions } from '@/lib/scans/testing/recorded';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

const target = 'https://www.example.com/';
const input = { name: 'prod-weekly', targetUrl: target, description: '' };
const weekly = { cron: '0 2 * * 1', timeZone: 'Europe/Berlin' };

async function stage(): Promise<{ source: AuditSource; org: string; id: string }> {
  const source = await createOrganization();
  const { id } = await createScan(source, input);
  return { source, org: source.organization.id, id };
}

async function refusal(work: Promise<unknown>): Promise<UserError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw new Error(`not refused in words: ${error}`);
  return error;
}

describe('a scan is created', () => {
  test('as it was typed, trimmed and composed, with the event in the same transaction', async () => {
    const source = await createOrganization();
    const { id } = await createScan(source, {
      name: '  Prod   weekly ',
      targetUrl: ' “www.Example.com/shop?a=1” ',
      description: ' the shop\r\nof Europe ',
    });
    expect(await getScan(source.organization.id, id)).toMatchObject({
      id,
      name: 'Prod weekly',
      targetUrl: 'https://www.example.com/shop?a=1',
      description: 'the shop\nof Europe',
      createdByName: 'Alice Fox',
      schedule: null,
      activeRun: null,
      lastRun: null,
      lastFinished: null,
    });
    expect(await recorded(source)).toMatchObject([
      {
        action: 'scan.create',
        outcome: 'success',
        actor: { type: 'user', name: 'Alice Fox' },
        targets: [{ type: 'scan', id, name: 'Prod weekly' }],
        metadata: { target_url: 'https://www.example.com/shop?a=1' },
      },
    ]);
  });

  test.each([
    [{ name: '  ' }, 'name', 'Enter a name.'],
    [{ name: 'x'.repeat(101) }, 'name', 'Use at most 100 characters.'],
    [{ name: 'a\u202eb' }, 'name', 'This has a character that cannot be shown.'],
    [{ targetUrl: '' }, 'targetUrl', 'Enter the Target'],
    [{ targetUrl: 'ftp://example.com' }, 'targetUrl', 'Target must start with https://'],
    [{ targetUrl: 'https://user:pw@example.com' }, 'targetUrl', expect.stringContaining('password')],
    [{ targetUrl: 'http://169.254.169.254/latest' }, 'targetUrl', 'Target points to a private address'],
    [{ targetUrl: 'https://example.com:22' }, 'targetUrl', 'Target uses port 22, which is not allowed'],
    [{ description: 'x'.repeat(1_001) }, 'description', 'Description is longer than 1,000 characters'],
  ])('never with %j', async (wrong, field, message) => {
    const source = await createOrganization();
    expect(await refusal(createScan(source, { ...input, ...wrong }))).toMatchObject({ field, message });
    expect(await recordedActions(source)).toEqual([]);
  });

  test('up to the limit, also by two at once', async () => {
    const source = await createOrganization();
    const organizationId = source.organization.id;
    await db().scan.createMany({
      data: Array.from({ length: maxScans - 1 }, (_, at) => ({
        id: randomUUID(),
        organizationId,
        name: `scan ${at}`,
        targetUrl: target,
        createdByName: 'Alice Fox',
      })),
    });
    const outcomes = await Promise.allSettled([createScan(source, input), createScan(source, input)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await db().scan.count({ where: { organizationId } })).toBe(maxScans);
    expect(await refusal(createScan(source, input))).toMatchObject({
      field: undefined,
      message: 'An organization can have 100 scans.',
    });
  });
});

describe('a scan is started and stopped', () => {
  test('with a run that waits for a worker, and who started it', async () => {
    const { source, org, id } = await stage();
    const { runId } = await startScan(source, id, 'manual');
    expect((await getScan(org, id)).activeRun).toMatchObject({
      id: runId,
      status: 'queued',
      trigger: 'manual',
      startedByName: 'Alice Fox',
      progress: 0,
    });
    expect((await recorded(source)).at(-1)).toMatchObject({
      action: 'scan.start',
      targets: [{ type: 'scan', id, name: 'prod-weekly' }],
      metadata: { run_id: runId, trigger: 'manual' },
    });
  });

  test('once: of twenty starts at the same moment one begins, the others say who was first', async () => {
    const { source, org, id } = await stage();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => startScan(source, id, 'manual')),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(UserError);
    }
    expect((await listRuns(org, id, { size: 50 })).rows).toHaveLength(1);
    expect((await refusal(startScan(source, id, 'api'))).message).toMatch(
      /^Alice Fox started this scan \d+ s ago\.$/,
    );
  });

  test('and stopped at once, with a name and an event; stopping twice says who did it', async () => {
    const { source, org, id } = await stage();
    const { runId } = await startScan(source, id, 'manual');
    await stopScan(source, id);
    expect(await getScan(org, id)).toMatchObject({
      activeRun: null,
      lastRun: { id: runId, status: 'stopped', reason: 'Alice Fox stopped this scan' },
      lastFinished: null,
    });
    expect((await recorded(source)).at(-1)).toMatchObject({
      action: 'scan.stop',
      metadata: { run_id: runId },
    });
    expect((await refusal(stopScan(source, id))).message).toMatch(
      /^Alice Fox stopped this scan \d+ s ago\.$/,
    );
    await startScan(source, id, 'manual');
    expect(await recordedActions(source)).toEqual(['scan.create', 'scan.start', 'scan.stop', 'scan.start']);
  });

  test('never when it was not running: a stop says so and records nothing', async () => {
    const { source, id } = await stage();
    expect((await refusal(stopScan(source, id))).message).toBe('This scan is not running.');
    expect(await recordedActions(source)).toEqual(['scan.create']);
  });
});

describe('a scan is scheduled', () => {
  test('with its next run computed in its zone, and what changed in the event', async () => {
    const { source, org, id } = await stage();
    await scheduleScan(source, id, { cron: ' 0  2 * * 1', timeZone: 'europe/berlin' });
    const { schedule } = await getScan(org, id);
    expect(schedule).toMatchObject(weekly);
    const next = new Date(schedule?.nextRunAt ?? '');
    expect(next.getTime()).toBeGreaterThan(Date.now());
    expect(next.toLocaleString('en-GB', { timeZone: 'Europe/Berlin' })).toMatch(/, 02:00:00$/);

    await scheduleScan(source, id, weekly);
    await scheduleScan(source, id, { ...weekly, cron: '*/30 * * * *' });
    expect((await recorded(source)).slice(1)).toMatchObject([
      {
        action: 'scan.schedule',
        metadata: { cron: '0 2 * * 1', time_zone: 'Europe/Berlin' },
        changes: [
          { field: 'cron', to: '0 2 * * 1' },
          { field: 'time_zone', to: 'Europe/Berlin' },
        ],
      },
      {
        action: 'scan.schedule',
        metadata: { cron: '*/30 * * * *' },
        changes: [{ field: 'cron', from: '0 2 * * 1', to: '*/30 * * * *' }],
      },
    ]);
  });

  test('and unscheduled; a second time changes nothing', async () => {
    const { source, org, id } = await stage();
    await scheduleScan(source, id, weekly);
    await unscheduleScan(source, id);
    await unscheduleScan(source, id);
    expect((await getScan(org, id)).schedule).toBeNull();
    expect(await recordedActions(source)).toEqual(['scan.create', 'scan.schedule', 'scan.unschedule']);
  });

  test.each([
    [{ cron: '* * * *' }, 'cron'],
    [{ cron: '*/5 * * * *' }, 'cron'],
    [{ timeZone: 'Europe/Nowhere' }, 'timeZone'],
    [{ timeZone: '+01:00' }, 'timeZone'],
  ])('never with %j', async (wrong, field) => {
    const { source, id } = await stage();
    expect(await refusal(scheduleScan(source, id, { ...weekly, ...wrong }))).toMatchObject({ field });
    expect(await recordedActions(source)).toEqual(['scan.create']);
  });
});

test('a deleted scan takes its runs along and stops the one under way; its events stay', async () => {
  const { source, org, id } = await stage();
  const { runId } = await startScan(source, id, 'manual');
  await deleteScan(source, id);
  await expect(getScan(org, id)).rejects.toThrow(NotFoundError);
  expect(await db().scanRun.count({ where: { scanId: id } })).toBe(0);
  expect((await recorded(source)).slice(2)).toMatchObject([
    { action: 'scan.stop', metadata: { run_id: runId } },
    { action: 'scan.delete', targets: [{ id, name: 'prod-weekly' }] },
  ]);
});

test('ids of another organization, of nobody and no ids at all are alike for every command', async () => {
  const { id } = await stage();
  const source = await createOrganization();
  const org = source.organization.id;
  for (const foreign of [id, randomUUID(), 'x', '', "' OR 1=1"]) {
    for (const attempt of [
      () => deleteScan(source, foreign),
      () => startScan(source, foreign, 'manual'),
      () => stopScan(source, foreign),
      () => scheduleScan(source, foreign, weekly),
      () => unscheduleScan(source, foreign),
      () => getScan(org, foreign),
      () => listRuns(org, foreign, { size: 5 }),
      () => getRun(org, foreign, randomUUID()),
      () => getRun(org, foreign, 'x'),
    ]) {
      await expect(attempt()).rejects.toThrow(NotFoundError);
    }
  }
  expect(await recordedActions(source)).toEqual([]);
});

test('pages lead through all scans by name and through all runs from the newest, each exactly once', async () => {
  const { source, org, id } = await stage();
  for (const name of ['Beta', 'alpha', 'Alpha', 'gamma']) await createScan(source, { ...input, name });
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listScans(org, { size: 2, cursor });
    names.push(...page.rows.map(({ name }) => name));
    cursor = page.next;
  } while (cursor !== undefined);
  expect(names.map((name) => name.toLowerCase())).toEqual(['alpha', 'alpha', 'beta', 'gamma', 'prod-weekly']);

  const started: string[] = [];
  for (let n = 0; n < 3; n++) {
    started.unshift((await startScan(source, id, 'manual')).runId);
    await stopScan(source, id);
  }
  const first = await listRuns(org, id, { size: 2 });
  const second = await listRuns(org, id, { size: 2, cursor: first.next });
  expect([...first.rows, ...second.rows].map((run) => run.id)).toEqual(started);
  expect(second.next).toBeUndefined();
  expect((await getRun(org, id, started[0] ?? '')).report).toBeNull();
});

test('a cursor that is none of ours shows the first page and says so', async () => {
  const { org, id } = await stage();
  const forged = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url');
  for (const cursor of ['', 'x', '!', forged({ key: 'a' }), forged({ key: 'a\0', id: randomUUID() })]) {
    expect(await listScans(org, { size: 5, cursor })).toMatchObject({ rows: [{ id }], cursorRefused: true });
  }
  for (const key of ['-000001-01-01T00:00:00.000Z', '0000-01-01T00:00:00.000Z']) {
    const never = forged({ key, id: randomUUID() });
    expect(await listRuns(org, id, { size: 5, cursor: never })).toEqual({
      rows: [],
      next: undefined,
      cursorRefused: true,
    });
  }
});
