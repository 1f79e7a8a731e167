import { describe, expect, test } from 'vitest';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';
import type { AuditSource } from './event';
import { type AuditFilter, parseAuditSearch } from './filter';
import { getAuditEvent } from './get-event';
import { type AuditPage, countAuditEvents, listAuditEvents } from './query';
import { recordAudit } from './record';
import { withTransaction } from './transaction';

useDatabase();

const everything = parseAuditSearch({}, 'UTC').filter;

function login(source: AuditSource, events = 1, change: Partial<AuditSource> = {}): Promise<void> {
  return withTransaction(async (tx) => {
    for (let n = 0; n < events; n++) {
      recordAudit(tx, {
        ...source,
        ...change,
        action: 'user.login',
        targets: [{ type: 'user', name: 'Alice Fox' }],
        metadata: { method: 'email' },
      });
    }
  });
}

const seqs = (page: AuditPage) => page.rows.map((row) => Number(row.seq));
const find = async (source: AuditSource, filter: Partial<AuditFilter>) =>
  seqs(
    await listAuditEvents(source.organization.id, { ...everything, ...filter }, { size: 100 }),
  ).toReversed();

describe('pages', () => {
  test('walking older and back meets each of 120 events of one millisecond once, while others arrive', async () => {
    const source = await createOrganization();
    await login(source, 120);
    const id = source.organization.id;

    const met: number[] = [];
    const pages: AuditPage[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await listAuditEvents(id, everything, { size: 25, cursor });
      pages.push(page);
      met.push(...seqs(page));
      await login(source);
      if (!page.older) break;
      cursor = page.older;
    }
    expect(met).toEqual(Array.from({ length: 120 }, (_, index) => 120 - index));

    const back: number[] = [];
    for (let cursor = pages.at(-1)?.newer; cursor; ) {
      const page = await listAuditEvents(id, everything, { size: 25, cursor });
      back.unshift(...seqs(page));
      cursor = page.newer;
    }
    expect(back).toEqual(Array.from({ length: 105 }, (_, index) => 125 - index).filter((seq) => seq > 20));
  });

  test('a forged, damaged or foreign cursor shows the newest page and says so', async () => {
    const source = await createOrganization();
    await login(source, 60);
    const id = source.organization.id;
    const { older } = await listAuditEvents(id, everything, { size: 25 });
    const otherFilter = { ...everything, outcome: 'success' as const };
    for (const [filter, cursor] of [
      [everything, 'o1.AAAAAAAAAAAAAAAAAAAAAA'],
      [everything, `${older?.replace('o', 'n')}`],
      [everything, "'; DROP TABLE audit_event; --"],
      [everything, `o${'z'.repeat(13)}.AAAAAAAAAAAAAAAAAAAAAA`],
      [otherFilter, `${older}`],
    ] as const) {
      const page = await listAuditEvents(id, filter, { size: 25, cursor });
      expect(page.cursorRefused).toBe(true);
      expect(seqs(page)[0]).toBe(60);
    }
  });
});

describe('filters', () => {
  test('each finds its own events and no other', async () => {
    const source = await createOrganization();
    const ben = { type: 'user' as const, id: 'b1', name: 'Ben Okafor', email: 'ben_100%@acme.example' };
    await login(source); // 1
    await login(source, 1, { actor: ben }); // 2
    await withTransaction(async (tx) => {
      recordAudit(tx, {
        ...source,
        actor: { type: 'anonymous' },
        context: { ...source.context, ip: '2001:db8::7' },
        action: 'user.login_failed',
        outcome: 'failure',
        targets: [{ type: 'user', name: 'Ben Okafor' }],
        metadata: { method: 'email', reason: 'wrong_password' },
      });
      recordAudit(tx, {
        ...source,
        action: 'scan.delete',
        targets: [{ type: 'scan', id: 's1', name: 'prod' }],
        metadata: {},
      });
    }); // 3, 4

    expect(await find(source, {})).toEqual([1, 2, 3, 4]);
    expect(await find(source, { actions: ['user.login'] })).toEqual([1, 2]);
    expect(await find(source, { actions: ['user.*', 'scan.delete'] })).toEqual([1, 2, 3, 4]);
    expect(await find(source, { actions: ['scan.*'] })).toEqual([4]);
    expect(await find(source, { actor: 'ben' })).toEqual([2]);
    expect(await find(source, { actor: 'b1' })).toEqual([2]);
    expect(await find(source, { actor: 'ben_100%@' })).toEqual([2]);
    expect(await find(source, { actor: '%' })).toEqual([]);
    expect(await find(source, { outcome: 'failure' })).toEqual([3]);
    expect(await find(source, { text: 'okafor' })).toEqual([2, 3]);
    expect(await find(source, { text: '2001:db8' })).toEqual([3]);
    expect(await find(source, { text: 's1' })).toEqual([4]);
    expect(await find(source, { text: '_' })).toEqual([2, 3]);
    expect(await find(source, { text: "' OR 1=1 --" })).toEqual([]);
    expect(await find(source, { from: new Date(Date.now() + 60_000) })).toEqual([]);
    expect(await find(source, { to: new Date(Date.now() + 60_000), range: '1h' })).toEqual([1, 2, 3, 4]);
    expect(await countAuditEvents(source.organization.id, { ...everything, text: 'okafor' })).toBe(2);
  });

  test('no organization sees another’s events, by list, count or id', async () => {
    const source = await createOrganization();
    const stranger = await createOrganization();
    await login(source);
    const { rows } = await listAuditEvents(source.organization.id, everything, { size: 25 });
    const id = rows[0]?.id ?? '';
    expect(await find(stranger, {})).toEqual([]);
    expect(await countAuditEvents(stranger.organization.id, everything)).toBe(0);
    expect(await getAuditEvent(stranger.organization.id, id)).toBeUndefined();
    expect((await getAuditEvent(source.organization.id, id))?.record?.action).toBe('user.login');
    expect(await getAuditEvent(source.organization.id, 'not an id')).toBeUndefined();
  });
});
