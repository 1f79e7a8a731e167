import { describe, expect, test } from 'vitest';
import type { EventDraft } from '@/e2e/audit-events';
import { useDatabase } from '@/test/database';
import type { AuditSource } from '../event';
import type { AuditFilter } from '../filter/audit-filter';
import { parseQuery } from '../filter/query-text';
import { getAuditEvent } from '../get-event';
import { recordAudit } from '../record';
import { withTransaction } from '../transaction';
import { countAuditEvents } from './count-events';
import { type AuditPage, listAuditEvents, oldestPage } from './list-events';
import { addToLog, logOf } from './testing/log-of';

useDatabase();

const seqs = (page: AuditPage) => page.rows.map((row) => Number(row.seq));
const find = async (source: AuditSource, query: string, now?: Date) =>
  seqs(
    await listAuditEvents(source.organization.id, parseQuery(query, 'UTC').filter, {
      size: 100,
      ...(now && { now }),
    }),
  ).toReversed();
const same = (events: number): EventDraft[] => {
  const time = new Date('2026-11-24T09:00:00Z');
  return Array.from({ length: events }, () => ({ time }));
};

describe('pages', () => {
  test.each<[string, AuditFilter]>([
    ['of everything', {}],
    ['of one condition', parseQuery('action:scan.start', 'UTC').filter],
    ['of several', parseQuery('action:scan.* origin:console -actor:nobody alice', 'UTC').filter],
  ])(
    'walking older and back %s meets each of 500 events of one millisecond once, while others arrive',
    async (_, filter) => {
      const source = await logOf(same(500));
      const id = source.organization.id;
      const met: number[] = [];
      const pages: AuditPage[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await listAuditEvents(id, filter, { size: 50, cursor });
        pages.push(page);
        met.push(...seqs(page));
        await addToLog(source, same(1));
        if (!page.older) break;
        cursor = page.older;
      }
      expect(met).toEqual(Array.from({ length: 500 }, (_, index) => 500 - index));

      const back: number[] = [];
      for (let cursor = pages.at(-1)?.newer; cursor; ) {
        const page = await listAuditEvents(id, filter, { size: 50, cursor });
        back.unshift(...seqs(page));
        cursor = page.newer;
      }
      expect(back).toEqual(Array.from({ length: 460 }, (_, index) => 510 - index));
    },
  );

  test('the oldest page ends with the first event and leads back to the newest', async () => {
    const source = await logOf(same(60));
    const id = source.organization.id;
    const oldest = await listAuditEvents(id, {}, { size: 25, cursor: oldestPage({}) });
    expect(seqs(oldest)).toEqual(Array.from({ length: 25 }, (_, index) => 25 - index));
    expect(oldest.older).toBeUndefined();
    const next = await listAuditEvents(id, {}, { size: 25, cursor: oldest.newer });
    expect(seqs(next)[0]).toBe(50);
    expect(next.older).toBeDefined();
  });

  test('a forged, damaged or foreign cursor shows the newest page and says so', async () => {
    const source = await logOf(same(60));
    const id = source.organization.id;
    const { older } = await listAuditEvents(id, {}, { size: 25 });
    const otherFilter = parseQuery('result:success', 'UTC').filter;
    for (const [filter, cursor] of [
      [{}, 'o1.AAAAAAAAAAAAAAAAAAAAAA'],
      [{}, `${older?.replace('o', 'n')}`],
      [{}, "'; DROP TABLE audit_event; --"],
      [{}, `o${'z'.repeat(13)}.AAAAAAAAAAAAAAAAAAAAAA`],
      [otherFilter, `${older}`],
    ] as const) {
      const page = await listAuditEvents(id, filter, { size: 25, cursor });
      expect(page.cursorRefused).toBe(true);
      expect(seqs(page)[0]).toBe(60);
    }
  });
});

describe('filters', () => {
  const ben = { type: 'user' as const, id: 'b1', name: 'Ben Okafor', email: 'ben_100%@acme.example' };
  const bot = { type: 'api_key' as const, id: 'k1', name: 'ci bot' };
  const prod = [{ type: 'scan' as const, id: 's1', name: '50%_off\\' }];
  const log: EventDraft[] = [
    { time: new Date('2026-11-01T10:00:00Z'), context: { origin: 'console', ip: '203.0.113.7' } }, // 1
    { time: new Date('2026-11-02T10:00:00Z'), actor: ben, context: { origin: 'api', ip: '203.0.114.9' } }, // 2
    {
      time: new Date('2026-11-03T10:00:00Z'),
      actor: { type: 'anonymous' },
      action: 'user.login_failed',
      outcome: 'failure',
      targets: [{ type: 'user', name: 'Ben Okafor' }],
      context: { origin: 'console', ip: '2001:db8::7', request_id: 'r-3' },
      metadata: { method: 'email', reason: 'wrong_password' },
    }, // 3
    {
      time: new Date('2026-11-04T10:00:00Z'),
      actor: bot,
      action: 'scan.delete',
      targets: prod,
      context: { origin: 'api', request_id: 'r-4', session_id: 'z-4' },
      metadata: {},
    }, // 4
    {
      time: new Date('2026-11-05T10:00:00Z'),
      actor: { type: 'system' },
      action: 'scan.finish',
      targets: [],
      context: { origin: 'scheduler' },
      metadata: { run_id: crypto.randomUUID() },
    }, // 5
  ];

  test.each<[query: string, found: number[]]>([
    ['', [1, 2, 3, 4, 5]],
    ['action:scan.delete', [4]],
    ['action:scan.*', [1, 2, 4, 5]],
    ['action:user.*,scan.delete', [3, 4]],
    ['-action:scan.*', [3]],
    ['action:scan.* -action:scan.start', [4, 5]],
    ['actor:ben', [2]],
    ['actor:BEN', [2]],
    ['actor:b1', [2]],
    ['actor:ben_100%@', [2]],
    ['actor:"ci bot",b1', [2, 4]],
    ['-actor:"ci bot",b1', [1, 3, 5]],
    ['actor:system', [5]],
    ['actor:anonymous', [3]],
    ['actor:okafor', []],
    ['actor:%', []],
    ['actor:ben -actor:ben', []],
    ['target:s1', [4]],
    ['target:50%_', [4]],
    ['target:"ben oka"', [3]],
    ['-target:s1', [1, 2, 3, 5]],
    ['result:failure', [3]],
    ['-result:failure', [1, 2, 4, 5]],
    ['ip:203.0.113.7', [1]],
    ['ip:203.0.112.0/22', [1, 2]],
    ['ip:2001:db8::/32,203.0.113.0/24', [1, 3]],
    ['ip:198.51.100.0/24', []],
    ['-ip:203.0.112.0/22', [3, 4, 5]],
    ['origin:api', [2, 4]],
    ['-origin:api,scheduler', [1, 3]],
    ['request:r-4', [4]],
    ['-request:r-4', [1, 2, 3, 5]],
    ['session:z-4', [4]],
    ['created:2026-11-02..2026-11-03', [2, 3]],
    ['created:>=2026-11-04', [4, 5]],
    ['created:<2026-11-02T10:00', [1]],
    ['-created:>=2026-11-04', [1, 2, 3]],
    ['-created:2026-11-02..2026-11-04', [1, 5]],
    ['created:24h', [5]],
    ['-created:7d', []],
    ['okafor', [2, 3]],
    ['OKAFOR', [2, 3]],
    ['okafor -ben_100', [3]],
    ['ben okafor', [2, 3]],
    ['ben zzz', []],
    ['%', [2, 4]],
    ['_', [2, 3, 4]],
    ['\\', [4]],
    ['2001:db8', [3]],
    ['203.0', [1, 2]],
    ['203.0.114', [2]],
    ['203.0.113.7', [1]],
    ['login', [3]],
    ['s1', [4]],
    ['r-3', [3]],
    ['z-4', [4]],
    ["' OR 1=1 --", []],
    ['okafor result:failure', [3]],
    ['action:scan.* origin:api created:>=2026-11-03', [4]],
  ])('%s', async (query, found) => {
    const source = await logOf(log);
    const now = new Date('2026-11-05T12:00:00Z');
    expect(await find(source, query, now)).toEqual(found);
    expect(await countAuditEvents(source.organization.id, parseQuery(query, 'UTC').filter, { now })).toBe(
      found.length,
    );
  });

  test('an event is found by its own id', async () => {
    const source = await logOf(log);
    const { rows } = await listAuditEvents(source.organization.id, {}, { size: 25 });
    expect(await find(source, rows[1]?.id ?? '')).toEqual([4]);
  });

  test('somebody who was renamed is found by either name, each for its own time, and by id for both', async () => {
    const renamed = { ...ben, name: 'Ben Fox' };
    const source = await logOf([{ actor: ben }, { actor: renamed }]);
    expect(await find(source, 'actor:"ben okafor"')).toEqual([1]);
    expect(await find(source, 'actor:"ben fox"')).toEqual([2]);
    expect(await find(source, 'actor:b1')).toEqual([1, 2]);
    expect(await find(source, 'ben')).toEqual([1, 2]);
  });

  test('what the product records is found by each of its fields', async () => {
    const source = await logOf([]);
    await withTransaction(async (tx) => {
      recordAudit(tx, {
        ...source,
        action: 'user.reactivate',
        targets: [{ type: 'user', id: 'u9' }],
        metadata: {},
      });
    });
    const { request_id, session_id, ip } = source.context;
    for (const query of [
      `request:${request_id}`,
      `session:${session_id}`,
      `ip:${ip}`,
      'origin:console',
      `actor:${source.actor.id}`,
      'target:u9',
      'target:user',
      `${request_id}`,
    ]) {
      expect(await find(source, query), query).toEqual([1]);
    }
  });

  test('no organization sees another’s events, by list, count or id', async () => {
    const source = await logOf(log);
    const stranger = await logOf([]);
    const { rows } = await listAuditEvents(source.organization.id, {}, { size: 25 });
    const id = rows[0]?.id ?? '';
    for (const query of [
      '',
      'actor:ben',
      'okafor',
      'request:r-4',
      'ip:203.0.112.0/22',
      'action:scan.*',
      id,
    ]) {
      expect(await find(stranger, query), query).toEqual([]);
    }
    expect(await countAuditEvents(stranger.organization.id, {})).toBe(0);
    expect(await getAuditEvent(stranger.organization.id, id)).toBeUndefined();
    expect((await getAuditEvent(source.organization.id, id))?.record?.action).toBe('scan.finish');
    expect(await getAuditEvent(source.organization.id, 'not an id')).toBeUndefined();
  });
});
