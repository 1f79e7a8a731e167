import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { GET as getOne, DELETE as remove } from '@/app/api/v1/scans/[id]/route';
import { GET as getRun } from '@/app/api/v1/scans/[id]/runs/[runId]/route';
import { GET as listRuns } from '@/app/api/v1/scans/[id]/runs/route';
import { PUT as schedule, DELETE as unschedule } from '@/app/api/v1/scans/[id]/schedule/route';
import { POST as start } from '@/app/api/v1/scans/[id]/start/route';
import { POST as stop } from '@/app/api/v1/scans/[id]/stop/route';
import { POST as create, GET as list } from '@/app/api/v1/scans/route';
import { type RouteHandler, specOf } from '@/lib/api/define-endpoint';
import {
  createScanSpec,
  getRunSpec,
  listRunsSpec,
  listScansSpec,
  startScanSpec,
} from '@/lib/api/endpoints/scans';
import { problemSchema } from '@/lib/api/problem';
import { bearer, keyWith } from '@/lib/api/testing/keys';
import type { AuditSource } from '@/lib/audit/event';
import { httpServer } from '@/lib/net/testing/loopback-server';
import { workOn } from '@/lib/scans/jobs/work';
import { recorded } from '@/lib/scans/testing/recorded';
import { lookup } from '@/lib/scans/testing/scan-stage';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

const target = 'https://www.example.com/';

type Sent = { params?: Record<string, string>; query?: string; body?: unknown; key?: string };

let source: AuditSource;
let key: string;

beforeAll(async () => {
  source = await createOrganization();
  key = await keyWith(source, 'scans:read', 'scans:write');
});

function send(
  handler: RouteHandler,
  { params = {}, query = '', body, key: sent = key }: Sent = {},
): Promise<Response> {
  const method = specOf(handler)?.method ?? 'GET';
  const request = new Request(`http://localhost:3000/api/v1/scans${query}`, {
    method,
    headers: { ...bearer(sent), ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return handler(request, { params: Promise.resolve(params) });
}

/** The answer of a call that succeeds, as its schema has it. */
async function answerOf<S extends z.ZodType>(schema: S, response: Response): Promise<z.output<S>> {
  expect(response.status, response.ok ? '' : await response.clone().text()).toBeLessThan(300);
  return schema.parse(await response.json());
}

async function problemOf(response: Response, status: number) {
  expect(response.status).toBe(status);
  return problemSchema.parse(await response.json());
}

async function newScan(name = `scan ${randomUUID()}`, targetUrl = target) {
  const body = { name, target_url: targetUrl, description: 'of a test' };
  return answerOf(createScanSpec.answer, await send(create, { body }));
}

test('a key takes a scan from its creation to its end, and every step is recorded as the key’s', async () => {
  const scan = await newScan('prod-weekly');
  const params = { id: scan.id };
  expect(scan).toMatchObject({
    name: 'prod-weekly',
    target_url: target,
    description: 'of a test',
    schedule: null,
    active_run: null,
  });
  const { run_id: runId } = await answerOf(startScanSpec.answer, await send(start, { params }));
  const busy = await problemOf(await send(start, { params }), 422);
  expect(busy.detail).toMatch(/started this scan .+ ago\. Wait until it ends, or stop it first\./);
  expect((await send(stop, { params })).status).toBe(204);
  expect((await problemOf(await send(stop, { params }), 422)).type).toBe('urn:tracekeep:problem:refused');

  const weekly = { cron: '0 2 * * 1', time_zone: 'Europe/Berlin' };
  const scheduled = await send(schedule, { params, body: weekly });
  expect(await scheduled.json()).toEqual({ ...weekly, next_run_at: expect.stringMatching(/Z$/) });
  expect((await send(unschedule, { params })).status).toBe(204);
  expect((await send(unschedule, { params })).status).toBe(204);
  expect((await send(remove, { params })).status).toBe(204);
  await problemOf(await send(getOne, { params }), 404);

  const events = (await recorded(source)).filter(({ action }) => action.startsWith('scan.'));
  expect(events.map(({ action }) => action)).toEqual([
    'scan.create',
    'scan.start',
    'scan.stop',
    'scan.schedule',
    'scan.unschedule',
    'scan.delete',
  ]);
  for (const event of events) {
    expect(event).toMatchObject({
      actor: { type: 'api_key', name: expect.stringMatching(/^key /), role: 'admin' },
      targets: [{ type: 'scan', id: scan.id, name: 'prod-weekly' }],
      context: { origin: 'api', request_id: expect.any(String) },
    });
  }
  expect(events[1]?.metadata).toEqual({ run_id: runId, trigger: 'api' });
});

test('a run that ended tells what it found', async () => {
  const { port } = await httpServer((_request, response) => response.end('hello'));
  const { id } = await newScan('of loopback', `http://127.0.0.1:${port}/`);
  const { run_id: runId } = await answerOf(startScanSpec.answer, await send(start, { params: { id } }));
  await workOn(runId, { signal: new AbortController().signal, lookup });
  const run = await answerOf(getRunSpec.answer, await send(getRun, { params: { id, runId } }));
  expect(run).toMatchObject({ id: runId, trigger: 'api', status: 'finished', grade: expect.any(String) });
  expect(run.report?.findings.length).toBeGreaterThan(0);
  const runs = await answerOf(listRunsSpec.answer, await send(listRuns, { params: { id } }));
  expect(runs).toMatchObject({ data: [{ id: runId, status: 'finished', grade: run.grade }], next: null });
});

test('a list goes on where its cursor says, and refuses one that is none', async () => {
  for (const name of ['zeta-1', 'zeta-2', 'zeta-3']) await newScan(name);
  const met: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = `?limit=2${cursor && `&cursor=${cursor}`}`;
    const page: z.output<typeof listScansSpec.answer> = await answerOf(
      listScansSpec.answer,
      await send(list, { query }),
    );
    met.push(...page.data.map(({ name }) => name));
    cursor = page.next;
  }
  expect(met.filter((name) => name.startsWith('zeta'))).toEqual(['zeta-1', 'zeta-2', 'zeta-3']);
  expect(new Set(met).size).toBe(met.length);
  const refused = await problemOf(await send(list, { query: '?cursor=e30' }), 400);
  expect(refused.errors).toMatchObject([{ in: 'query', name: 'cursor' }]);
});

test.each([
  ['no address', { name: 'a', target_url: ' ' }, 'target_url'],
  ['a file', { name: 'a', target_url: 'file:///etc/passwd' }, 'target_url'],
  ['no name', { name: ' ', target_url: target }, 'name'],
])('%s is refused in the words of the page, at its member', async (_, body, name) => {
  const problem = await problemOf(await send(create, { body }), 422);
  expect(problem.errors).toMatchObject([{ in: 'body', name }]);
});

test('a schedule that never runs, or in no zone, is refused at its member', async () => {
  const { id } = await newScan();
  const refused = async (cron: string, zone: string) => {
    const response = await send(schedule, { params: { id }, body: { cron, time_zone: zone } });
    return (await problemOf(response, 422)).errors?.map(({ name }) => name);
  };
  expect(await refused('0 0 31 2 *', 'UTC')).toEqual(['cron']);
  expect(await refused('0 2 * * 1', 'Mars/Olympus')).toEqual(['time_zone']);
});

describe('another organization’s scan', () => {
  test('answers every call as one that does not exist, and nothing happens to it', async () => {
    const scan = await newScan();
    const { run_id: runId } = await answerOf(
      startScanSpec.answer,
      await send(start, { params: { id: scan.id } }),
    );
    const other = await createOrganization();
    const foreign = await keyWith(other, 'scans:read', 'scans:write');
    const before = await recorded(source);
    const calls: [RouteHandler, unknown?][] = [
      [getOne],
      [remove],
      [start],
      [stop],
      [schedule, { cron: '0 2 * * 1', time_zone: 'UTC' }],
      [unschedule],
      [listRuns],
      [getRun],
    ];
    for (const [handler, body] of calls) {
      const told: unknown[] = [];
      for (const id of [scan.id, randomUUID()]) {
        const response = await send(handler, {
          params: { id, ...(handler === getRun && { runId }) },
          body,
          key: foreign,
        });
        told.push({ ...(await problemOf(response, 404)), request_id: '' });
      }
      expect(told[0], specOf(handler)?.operationId).toEqual(told[1]);
    }
    expect(await recorded(source)).toEqual(before);
    const page = await answerOf(listScansSpec.answer, await send(list, { key: foreign }));
    expect(page).toEqual({ data: [], next: null });
  });

  test('nor does a run exist under another scan of its own organization', async () => {
    const [first, second] = [await newScan(), await newScan()];
    const { run_id: runId } = await answerOf(
      startScanSpec.answer,
      await send(start, { params: { id: first.id } }),
    );
    await problemOf(await send(getRun, { params: { id: second.id, runId } }), 404);
  });
});
