import { describe, expect, test } from 'vitest';
import type { EventDraft } from '@/e2e/audit-events';
import { useDatabase } from '@/test/database';
import { formatAuditSearch, parseAuditSearch } from './filter/search-params';
import { getAuditEvent } from './get-event';
import { listAuditEvents } from './query/list-events';
import { logOf } from './query/testing/log-of';
import { relatedFilters } from './related-filters';

useDatabase();

const minuteMs = 60_000;
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 24, 9) + minutes * minuteMs);
const ben = { type: 'user' as const, id: 'b1', name: 'Ben Okafor', email: 'ben@acme.example' };
const scan = [{ type: 'scan' as const, id: 's1', name: 'prod' }];
const context = (request_id: string, session_id: string) => ({
  origin: 'console' as const,
  request_id,
  session_id,
});

const log: EventDraft[] = [
  { time: at(-16), actor: ben, context: context('r0', 'z1') }, // 1
  { time: at(-15), actor: ben, context: context('r1', 'z1') }, // 2
  { time: at(0), actor: ben, targets: scan, context: context('r2', 'z1') }, // 3: the event
  { time: at(0), actor: { ...ben, id: 'b2' }, targets: scan, context: context('r2', 'z2') }, // 4
  { time: at(14), actor: { ...ben, name: 'Ben Fox' }, context: context('r3', 'z1') }, // 5
  { time: at(16), actor: ben, targets: scan, context: context('r4', 'z3') }, // 6
];

describe('the filters around an event', () => {
  test('find its actor’s quarter of an hour before and after, its request, its session, its target’s history', async () => {
    const { organization } = await logOf(log);
    const { rows } = await listAuditEvents(organization.id, {}, { size: 25 });
    const event = await getAuditEvent(organization.id, rows.find(({ seq }) => seq === '3')?.id ?? '');
    if (!event?.record) throw new Error('the event is not there');
    const found = Object.entries(relatedFilters(event.record)).map(async ([name, filter]) => {
      // As a link leads there: through the address.
      const params = Object.fromEntries(formatAuditSearch({ filter }));
      const search = parseAuditSearch(params, 'UTC');
      expect(search.notices).toEqual([]);
      const page = await listAuditEvents(organization.id, search.filter, { size: 25 });
      return [name, page.rows.map(({ seq }) => Number(seq)).toReversed()];
    });
    expect(Object.fromEntries(await Promise.all(found))).toEqual({
      sameActor: [2, 3, 5],
      sameRequest: [3, 4],
      sameSession: [1, 2, 3, 5],
      targetHistory: [3, 4, 6],
    });
  });

  test('are only those that the event can have', async () => {
    const { organization } = await logOf([
      { actor: { type: 'system' }, targets: [], context: { origin: 'system' } },
    ]);
    const { rows } = await listAuditEvents(organization.id, {}, { size: 25 });
    const event = await getAuditEvent(organization.id, rows[0]?.id ?? '');
    if (!event?.record) throw new Error('the event is not there');
    const filters = relatedFilters(event.record);
    expect(Object.keys(filters)).toEqual(['sameActor']);
    expect((await listAuditEvents(organization.id, filters.sameActor, { size: 25 })).rows).toHaveLength(1);
  });
});
