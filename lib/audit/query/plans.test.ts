import { beforeAll, describe, expect, test } from 'vitest';
import { big, loadLogs, otherOrganization } from '@/bench/load-logs';
import { useDatabase } from '@/test/database';
import { chainedEvents } from '../chained-events';
import { parseQuery } from '../filter/query-text';
import { countAuditEvents } from './count-events';
import { auditHistogram } from './histogram';
import { listAuditEvents, oldestPage } from './list-events';
import { type Reading, readingOf, statementsOf } from './testing/statements';

const { superuserUrl } = useDatabase();
const events = 30_000;
const filterOf = (query: string) => parseQuery(query, 'UTC').filter;

/** What all statements of a piece of work read together. */
async function readingBy(work: () => Promise<unknown>): Promise<Reading> {
  const readings: Reading[] = [];
  for (const statement of await statementsOf(work)) readings.push(await readingOf(statement));
  return {
    rows: readings.reduce((sum, { rows }) => sum + rows, 0),
    through: [...new Set(readings.flatMap(({ through }) => through))],
  };
}

describe(`in a log of ${events} events among others`, () => {
  beforeAll(
    () => loadLogs(superuserUrl, { events, others: 4, othersEvents: 300, until: new Date() }),
    // A minute on a busy machine.
    300_000,
  );

  // By the numbers of rows, tables and indexes together, that a page of 50 may read at most.
  test.each<[query: string, rows: number]>([
    ['', 60],
    ['action:user.login', 120],
    ['action:scan.*', 600],
    ['action:siem.integration.delete', 20],
    ['-action:scan.*', 800],
    ['actor:"person 5 fox"', 120],
    ['actor:"rare visitor"', 20],
    ['-actor:"ci bot 0"', 300],
    ['target:"scan 4000"', 100],
    ['result:failure', 120],
    ['origin:system', 120],
    ['request:nothing', 20],
    ['session:nothing', 20],
    ['ip:10.0.1.1', 120],
    ['ip:203.0.113.0/24', 20],
    ['ip:10.0.0.0/8', 1_000],
    ['created:24h', 60],
    ['created:<2026-01-01', 60],
    ['xyzzy', 60],
    ['"rare vis"', 60],
    ['fox', 15_000],
    // Two conditions that are common alone, and seldom or never meet.
    ['action:user.login origin:api', 20],
    ['action:scan.* origin:scheduler result:failure', 600],
    ['actor:"ci bot 0" action:user.login', 20],
    ['actor:"ci bot 0" result:failure', 200],
    ['actor:"person 5 fox" action:scan.* created:90d', 600],
    ['actor:"rare visitor" action:scan.* result:success', 40],
    // A glance at 20,000 events, then as many of a rare condition as the rest of the log is worth, and the rest of it.
    ['ip:198.18.0.0/20', events + 2 * 501 + 200],
    ['target:"scan 0" ip:10.0.0.0/8 action:scan.delete', events + 4 * 501 + 200],
  ])('a page for %j reads at most %i rows, and the events through indexes only', async (query, rows) => {
    const reading = await readingBy(() => listAuditEvents(big.organizationId, filterOf(query), { size: 50 }));
    expect(reading.rows).toBeLessThanOrEqual(rows);
    expect(reading.through).not.toContain('audit_event');
  });

  test('the oldest page reads no more than the newest', async () => {
    const cursor = oldestPage({});
    const reading = await readingBy(() => listAuditEvents(big.organizationId, {}, { size: 50, cursor }));
    expect(reading.rows).toBeLessThanOrEqual(60);
  });

  test('a page deep in one value’s events reads no more than the first', async () => {
    const filter = filterOf('action:scan.start');
    const { newer } = await listAuditEvents(big.organizationId, filter, {
      size: 50,
      cursor: oldestPage(filter),
    });
    const reading = await readingBy(() =>
      listAuditEvents(big.organizationId, filter, { size: 50, cursor: newer }),
    );
    expect(reading.rows).toBeLessThanOrEqual(120);
  });

  test('a small organization beside it reads its own events only', async () => {
    for (const query of ['', '-actor:"ci bot 0"', 'fox', 'ip:10.0.0.0/8', 'xyzzy']) {
      const reading = await readingBy(() =>
        listAuditEvents(otherOrganization(1), filterOf(query), { size: 50 }),
      );
      expect(reading.rows, query).toBeLessThanOrEqual(3_000);
    }
  });

  test('everything and any range of time is counted without reading it', async () => {
    for (const query of ['', 'created:30d']) {
      const reading = await readingBy(() => countAuditEvents(big.organizationId, filterOf(query)));
      expect(reading.rows, query).toBeLessThanOrEqual(10);
    }
  });

  test('a count reads as far as it counts', async () => {
    const reading = await readingBy(() =>
      countAuditEvents(big.organizationId, filterOf('action:scan.start')),
    );
    expect(reading.rows).toBeLessThanOrEqual(10_100);
  });

  test('an export reads each event and the one before it, wherever in the log they are', async () => {
    const seqs = BigInt64Array.from({ length: 250 }, (_, n) => BigInt(events - 100 * n - 5)).reverse();
    const reading = await readingBy(() => chainedEvents(big.organizationId, seqs).next());
    expect(reading.rows).toBeLessThanOrEqual(2 * seqs.length + 10);
    expect(reading.through).not.toContain('audit_event');
  });

  test('a histogram of everything reads the failures and the borders', async () => {
    const reading = await readingBy(() => auditHistogram(big.organizationId, {}, 'UTC'));
    expect(reading.rows).toBeLessThanOrEqual(0.05 * events);
  });

  test('a histogram of one condition reads its index alone', async () => {
    const reading = await readingBy(() =>
      auditHistogram(big.organizationId, filterOf('action:user.logout created:90d'), 'UTC'),
    );
    expect(reading.through).toContain('audit_event_organization_id_action_seq_outcome_idx');
    expect(reading.rows).toBeLessThanOrEqual(0.1 * events);
  });
});
