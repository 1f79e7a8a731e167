import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { GET as getOne } from '@/app/api/v1/audit-events/[id]/route';
import { GET as getCatalog } from '@/app/api/v1/audit-events/catalog/route';
import { GET as list } from '@/app/api/v1/audit-events/route';
import type { RouteHandler } from '@/lib/api/define-endpoint';
import { getAuditEventSpec, getCatalogSpec, listAuditEventsSpec } from '@/lib/api/endpoints/audit-events';
import { problemSchema } from '@/lib/api/problem';
import { bearer, keyWith } from '@/lib/api/testing/keys';
import { auditActions } from '@/lib/audit/catalog';
import type { AuditSource } from '@/lib/audit/event';
import { filterKeys } from '@/lib/audit/filter/audit-filter';
import { formatAuditSearch, parseAuditSearch } from '@/lib/audit/filter/search-params';
import { listAuditEvents } from '@/lib/audit/query/list-events';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { db } from '@/lib/db/client';
import { pauseIntegration } from '@/lib/siem/integrations/pause-integration';
import { act, setStage } from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

let source: AuditSource;
let key: string;

beforeAll(async () => {
  source = await createOrganization();
  key = await keyWith(source, 'audit_log:read');
  await withTransaction(async (tx) => {
    const login = { ...source, targets: [], metadata: { method: 'email' } as const };
    recordAudit(tx, { ...login, action: 'user.login' });
    recordAudit(tx, {
      ...login,
      action: 'user.login',
      actor: { type: 'user', id: 'u-2', name: '100%_sure' },
    });
    recordAudit(tx, {
      ...login,
      action: 'user.login_failed',
      outcome: 'failure',
      metadata: { method: 'email', reason: 'unknown_account' },
    });
    recordAudit(tx, {
      ...source,
      action: 'scan.delete',
      targets: [{ type: 'scan', name: 'nightly' }],
      metadata: {},
    });
  });
});

const call = (handler: RouteHandler, address: string, params = {}, sent = key) =>
  handler(new Request(`http://localhost:3000/api/v1${address}`, { headers: bearer(sent) }), {
    params: Promise.resolve(params),
  });

async function pageOf(query: string): Promise<z.output<typeof listAuditEventsSpec.answer>> {
  const response = await call(list, `/audit-events${query}`);
  expect(response.status, query).toBe(200);
  return listAuditEventsSpec.answer.parse(await response.json());
}

async function problemOf(query: string) {
  const response = await call(list, `/audit-events${query}`);
  expect(response.status, query).toBe(400);
  return problemSchema.parse(await response.json());
}

describe('a filter', () => {
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
  test.each<[string, Record<string, string | string[]>]>([
    ['', {}],
    ['?q=nightly', { q: 'nightly' }],
    ['?action=user.login,scan.*', { action: ['user.login', 'scan.*'] }],
    ['?action=scan.*', { action: 'scan.*' }],
    ['?actor=u-2', { actor: 'u-2' }],
    ['?actor=alice', { actor: 'alice' }],
    ['?actor=100%25', { actor: '100%' }],
    ['?q=%25', { q: '%' }],
    ['?q=_', { q: '_' }],
    ['?result=failure', { result: 'failure' }],
    ['?range=24h', { range: '24h' }],
    [`?from=${hourAgo}`, { from: hourAgo }],
    [`?to=${hourAgo}`, { to: hourAgo }],
    [`?from=${encodeURIComponent('2020-01-01T00:00:00+01:00')}`, { from: '2020-01-01T00:00:00+01:00' }],
    ['?target=night', { target: 'night' }],
    ['?ip=203.0.113.0/24', { ip: '203.0.113.0/24' }],
    ['?origin=console', { origin: 'console' }],
    ['?request=r-1', { request: 'r-1' }],
    ['?session=s-1', { session: 's-1' }],
    ['?not_action=user.*', { not_action: 'user.*' }],
    ['?not_actor=100%25', { not_actor: '100%' }],
    ['?not_target=night', { not_target: 'night' }],
    ['?not_result=failure&not_origin=api', { not_result: 'failure', not_origin: 'api' }],
    ['?not_ip=10.0.0.0/8&not_request=r-1', { not_ip: '10.0.0.0/8', not_request: 'r-1' }],
    ['?not_range=15m', { not_range: '15m' }],
    [`?not_from=${hourAgo}`, { not_from: hourAgo }],
    ['?q=-actor:"100%25"', { q: '-actor:"100%"' }],
    ['?q=user&result=failure&action=user.*', { q: 'user', result: 'failure', action: 'user.*' }],
  ])('%s finds what the page finds', async (query, params) => {
    const { filter, notices } = parseAuditSearch(params, 'UTC');
    expect(notices).toEqual([]);
    const { rows } = await listAuditEvents(source.organization.id, filter, { size: 100 });
    const { data } = await pageOf(query);
    expect(data.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  });

  test.each([
    ['?limit=0', 'limit'],
    ['?limit=-1', 'limit'],
    ['?limit=1e9', 'limit'],
    ['?limit=NaN', 'limit'],
    ['?limit=10;drop', 'limit'],
    ['?limit=1.5', 'limit'],
    ['?limit=', 'limit'],
    ['?size=25', 'size'],
    ['?event=1', 'event'],
    ['?organization_id=1', 'organization_id'],
    ['?fields=*', 'fields'],
    ['?include=user.sessions', 'include'],
    ['?action=nothing', 'action'],
    ['?action=user.login,,', 'action'],
    ['?action=*', 'action'],
    [`?action=${auditActions.slice(0, 21).join()}`, 'action'],
    ['?action=user.login&action=scan.*', 'action'],
    ['?result=maybe', 'result'],
    ['?range=1000y', 'range'],
    ['?from=yesterday', 'from'],
    ['?from=2026-02-31T00:00:00Z', 'from'],
    ['?from=2026-01-01T00:00', 'from'],
    ['?range=24h&from=2026-01-01T00:00:00Z', 'range'],
    ['?not_range=24h&not_to=2026-01-01T00:00:00Z', 'not_range'],
    ['?ip=10/8', 'ip'],
    ['?not_ip=somewhere', 'not_ip'],
    ['?origin=mars', 'origin'],
    ['?not_action=nothing', 'not_action'],
    [`?q=${'a'.repeat(201)}`, 'q'],
    [`?q=a${'%00'}`, 'q'],
    ['?cursor=', 'cursor'],
    ['?cursor=o1', 'cursor'],
    ['?cursor=-1', 'cursor'],
    ['?cursor=9223372036854775808', 'cursor'],
    ['?cursor=o1.AAAAAAAAAAAAAAAAAAAAAA', 'cursor'],
    ['?cursor=eyJzZXEiOjF9', 'cursor'],
  ])('%s is refused and named', async (query, name) => {
    expect((await problemOf(query)).errors).toMatchObject([{ in: 'query', name }]);
  });

  test('can ask for whatever the page can', () => {
    const page = new URLSearchParams(
      formatAuditSearch({
        filter: {
          ...Object.fromEntries(filterKeys.map((key) => [key, { is: ['x'], not: ['y'] }])),
          created: { not: false, range: { from: new Date(), to: new Date() } },
        },
      }),
    );
    const offered = Object.keys(listAuditEventsSpec.query.shape);
    expect(offered).toEqual(
      expect.arrayContaining([...page.keys(), 'range', 'not_range', 'not_from', 'not_to']),
    );
  });

  test('that ends before it begins, or asks for a year before the calendar, is refused', async () => {
    for (const query of ['?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z', '?from=0000-01-01T00:00:00Z'])
      expect((await problemOf(query)).errors).toHaveLength(1);
  });
});

describe('pages', () => {
  test('of two meet every event once; a cursor holds for its own filters, and for any key of the organization', async () => {
    const all = (await pageOf('')).data.map(({ seq }) => seq);
    const met: number[] = [];
    let page = await pageOf('?limit=2');
    met.push(...page.data.map(({ seq }) => seq));
    const [first] = [page.older];
    while (page.older !== null) {
      page = await pageOf(`?limit=2&cursor=${page.older}`);
      met.push(...page.data.map(({ seq }) => seq));
    }
    expect(met).toEqual(all);
    expect((await problemOf(`?result=failure&cursor=${first}`)).errors).toMatchObject([{ name: 'cursor' }]);
  });

  test('another organization’s cursor leads to nothing of it', async () => {
    const other = await createOrganization();
    const theirs = await keyWith(other, 'audit_log:read');
    const { newer } = await pageOf('');
    const response = await call(list, `/audit-events?cursor=${newer}`, {}, theirs);
    const { data } = listAuditEventsSpec.answer.parse(await response.json());
    expect(data.filter((event) => event.organization.id !== other.organization.id)).toEqual([]);
  });
});

test('one event answers with its stored bytes; another organization’s answers as if there were none', async () => {
  const row = await db().auditEvent.findFirstOrThrow({ where: { organizationId: source.organization.id } });
  const response = await call(getOne, `/audit-events/${row.id}`, { id: row.id });
  const hash = Buffer.from(row.hash).toString('hex');
  expect(await response.text()).toBe(
    `{"seq":${row.seq},"hash":"${hash}",${row.record.slice(1, -1)},"delivery":[]}`,
  );

  const other = await createOrganization();
  const theirs = await keyWith(other, 'audit_log:read');
  const [foreign, missing] = await Promise.all(
    [row.id, randomUUID()].map(async (id) => {
      const answer = await call(getOne, `/audit-events/${id}`, { id }, theirs);
      expect(answer.status).toBe(404);
      return { ...(await answer.json()), request_id: '' };
    }),
  );
  expect(foreign).toEqual(missing);
});

test('each event says where it stands with each integration, alone and in the list, by the document’s schema', async () => {
  const stage = await setStage();
  const { organization } = stage.source;
  await act(stage.source, 2);
  stage.splunk.answerNext({ status: 400, body: { text: 'Too odd', code: 12, 'invalid-event-number': 1 } });
  await stage.drain();
  await pauseIntegration(stage.source, stage.id);
  await act(stage.source);
  const theirs = await keyWith(stage.source, 'audit_log:read');
  const integration = { id: stage.id, name: 'Splunk' };

  const listed = await call(list, '/audit-events?limit=200', {}, theirs);
  const { data } = listAuditEventsSpec.answer.parse(await listed.json());
  const bySeq = new Map(data.map((event) => [event.seq, event.delivery]));
  expect(bySeq.get(1)).toMatchObject([{ integration, state: 'delivered', attempts: 1, approximate: false }]);
  expect(bySeq.get(2)).toMatchObject([{ integration, state: 'parked', reason: 'Too odd', retrying: false }]);
  expect(bySeq.get(3)).toMatchObject([{ integration, state: 'delivered' }]);
  expect(bySeq.get(5)).toEqual([{ integration, state: 'waiting', ahead: 1, stream: 'paused' }]);
  for (const { id, delivery } of data) {
    const response = await call(getOne, `/audit-events/${id}`, { id }, theirs);
    const one = getAuditEventSpec.answer.parse(await response.json());
    expect(one.organization.id).toBe(organization.id);
    expect(one.delivery).toEqual(delivery);
  }
});

test('the catalogue names every action with the schema of its metadata', async () => {
  const response = await call(getCatalog, '/audit-events/catalog');
  const { data } = getCatalogSpec.answer.parse(await response.json());
  expect(data.find(({ action }) => action === 'api-key.create')).toMatchObject({
    group: 'Other',
    extension: false,
    target: 'api_key',
    metadata: { type: 'object', required: ['prefix', 'scopes'], additionalProperties: false },
  });
  expect(data.filter(({ extension }) => !extension)).toHaveLength(24);
});
