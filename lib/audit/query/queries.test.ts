import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pool } from '@/lib/db/pool';
import { readOnly } from '@/lib/db/read-only';
import { useDatabase } from '@/test/database';
import { type AuditRecord, readRecord } from '../columns';
import { type AuditFilter, withoutKey } from '../filter/audit-filter';
import { countAuditEvents } from './count-events';
import { countFacet, type Facet, facets } from './facets';
import { type Effort, findEvents } from './find-events';
import { auditHistogram } from './histogram';
import { listAuditEvents } from './list-events';
import type { Order } from './matching';
import { auditNeighbours } from './neighbours';
import { resolveFilter } from './resolve-filter';
import { anyEvent, now, someFilter } from './testing/any-event';
import { logOf } from './testing/log-of';
import { matches } from './testing/matches';

useDatabase();

type Logged = { seq: bigint; id: string; record: AuditRecord };

async function logged(organizationId: string): Promise<Logged[]> {
  const { rows } = await pool().query<{ seq: string; id: string; record: string }>(
    'SELECT seq, id, record FROM audit_event WHERE organization_id = $1 ORDER BY seq DESC',
    [organizationId],
  );
  return rows.flatMap(({ seq, id, record }) => {
    const read = readRecord(record);
    return read ? [{ seq: BigInt(seq), id, record: read }] : [];
  });
}

const drafts = fc.sample(anyEvent, { numRuns: 120, seed: 7 });
const inOrder = drafts.toSorted((a, b) => Number(a.time) - Number(b.time));
const runs = { numRuns: 80 };
/** A property asks hundreds of questions, and other work may share the machine. */
const patienceMs = 180_000;

describe.each([
  ['in order of time', inOrder],
  ['written while clocks were set back', drafts],
])('every query agrees with a plain reading of the records: a log %s', (_, log) => {
  async function prepare() {
    const { organization } = await logOf(log);
    await logOf(inOrder.slice(0, 50));
    const events = await logged(organization.id);
    expect(events).toHaveLength(log.length);
    const expected = (filter: AuditFilter) => events.filter(({ record }) => matches(record, filter, now));
    return { id: organization.id, events, expected };
  }

  test(
    'a page and a count',
    async () => {
      const { id, expected } = await prepare();
      await fc.assert(
        fc.asyncProperty(someFilter, async (filter) => {
          const found = expected(filter);
          const page = await listAuditEvents(id, filter, { size: 100, now });
          expect(page.rows.map((row) => row.id)).toEqual(found.slice(0, 100).map((event) => event.id));
          expect(await countAuditEvents(id, filter, { now })).toBe(found.length);
        }),
        runs,
      );
    },
    patienceMs,
  );

  test(
    'a search, however little it reads at a time, from either end',
    async () => {
      const { id, expected } = await prepare();
      const anyEffort: fc.Arbitrary<Effort> = fc.record({
        glance: fc.bigInt({ min: 1n, max: 20n }),
        gather: fc.integer({ min: 1, max: 60 }),
        stretch: fc.bigInt({ min: 1n, max: 30n }),
        patienceMs: fc.constantFrom(0, Number.POSITIVE_INFINITY),
      });
      const anyOrder = fc.constantFrom<Order>('ASC', 'DESC');
      await fc.assert(
        fc.asyncProperty(
          someFilter,
          anyEffort,
          anyOrder,
          fc.integer({ min: 1, max: 30 }),
          async (filter, effort, order, limit) => {
            const wanted = expected(filter).map(({ seq }) => seq);
            if (order === 'ASC') wanted.reverse();
            const seqs = await readOnly(10_000, async (read) => {
              let scope = await resolveFilter(read, id, filter, now);
              const all: bigint[] = [];
              for (;;) {
                const { seqs, stoppedAt } = await findEvents(read, scope, { order, limit, effort });
                all.push(...seqs);
                if (stoppedAt === undefined || all.length >= limit) return all;
                scope =
                  order === 'DESC' ? { ...scope, last: stoppedAt - 1n } : { ...scope, first: stoppedAt + 1n };
              }
            });
            expect(seqs.slice(0, limit)).toEqual(wanted.slice(0, limit));
          },
        ),
        runs,
      );
    },
    patienceMs,
  );

  test(
    'facets, each without its own filter',
    async () => {
      const { id, expected } = await prepare();
      const plain: Record<Exclude<Facet, 'actor' | 'target'>, (record: AuditRecord) => string | undefined> = {
        action: (record) => record.action,
        result: (record) => record.outcome,
        ip: (record) => record.context.ip,
        origin: (record) => record.context.origin,
      };
      await fc.assert(
        fc.asyncProperty(someFilter, fc.constantFrom(...facets), async (filter, facet) => {
          const found = expected(withoutKey(filter, facet));
          const { values, counted, capped } = await countFacet(id, filter, facet, now);
          expect({ counted, capped }).toEqual({ counted: found.length, capped: false });
          if (facet === 'actor' || facet === 'target') {
            // Every value that is offered finds at least the events that it was counted for.
            for (const { value, count } of values.filter(
              (offered) => offered.value === offered.value.trim(),
            )) {
              const narrowed = { ...filter, [facet]: { is: [value], not: [] } };
              expect(expected(narrowed).length, value).toBeGreaterThanOrEqual(count);
            }
            return;
          }
          const counts = new Map<string, number>();
          for (const { record } of found) {
            const value = plain[facet](record);
            if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
          }
          expect(new Map(values.map(({ value, count }) => [value, count]))).toEqual(counts);
        }),
        runs,
      );
    },
    patienceMs,
  );

  test(
    'a histogram, bucket by bucket',
    async () => {
      const { id, expected } = await prepare();
      await fc.assert(
        fc.asyncProperty(someFilter, fc.constantFrom('UTC', 'America/St_Johns'), async (filter, zone) => {
          const found = expected(filter);
          const buckets = await auditHistogram(id, filter, zone, now);
          for (const { from, to, success, failure } of buckets) {
            const inside = found.filter(({ record }) => {
              const time = new Date(record.time);
              return time >= from && time < to;
            });
            const failed = inside.filter(({ record }) => record.outcome === 'failure').length;
            expect({ success, failure }).toEqual({ success: inside.length - failed, failure: failed });
          }
        }),
        runs,
      );
    },
    patienceMs,
  );

  test(
    'the neighbours of an event',
    async () => {
      const { id, events, expected } = await prepare();
      await fc.assert(
        fc.asyncProperty(someFilter, fc.constantFrom(...events), async (filter, { seq }) => {
          const found = expected(filter);
          expect(await auditNeighbours(id, filter, seq, now)).toEqual({
            ...idOf(
              'newer',
              found.findLast((event) => event.seq > seq),
            ),
            ...idOf(
              'older',
              found.find((event) => event.seq < seq),
            ),
          });
        }),
        { numRuns: 60 },
      );
    },
    patienceMs,
  );
});

function idOf(name: string, event: Logged | undefined) {
  return event ? { [name]: event.id } : {};
}
