import { expect, test } from 'vitest';
import { bucketHref } from '@/components/audit/bucket-href';
import type { AuditFilter } from '@/lib/audit/filter/audit-filter';
import { parseQuery } from '@/lib/audit/filter/query-text';
import { readParams } from '@/lib/audit/filter/read-params';
import { parseAuditSearch } from '@/lib/audit/filter/search-params';
import { countAuditEvents } from '@/lib/audit/query/count-events';
import { auditHistogram } from '@/lib/audit/query/histogram';
import { logOf } from '@/lib/audit/query/testing/log-of';
import { useDatabase } from '@/test/database';

useDatabase();

const now = new Date('2026-11-24T12:34:56.789Z');
/** An event each hundred minutes for a day, and some close together around the times that the filters name. */
const minutesAgo = [
  ...Array.from({ length: 15 }, (_, n) => 100 * n),
  ...[150, 151, 152, 153, 154, 155, 209, 210, 211, 239, 240, 241, 1_430, 1_443],
];

test.each([
  [
    'in order',
    (minutes: readonly number[]) => minutes.toSorted((a, b) => b - a),
    [
      '',
      'created:24h',
      'created:2026-11-24T08:33..2026-11-24T10:05',
      '-created:1h',
      '-created:2026-11-24T08:35..2026-11-24T10:02',
      '-created:2026-11-24T09:59..2026-11-24T10:02',
      '-created:<2026-11-24T10:02',
      'created:2000-01-01',
    ],
  ],
  ['by a clock that ran backwards', (minutes: readonly number[]) => minutes, ['', 'created:24h']],
])(
  'of events written %s, the link of each bar finds what the bar counts, and all bars together what the filter finds',
  async (_, order, queries) => {
    const { organization } = await logOf(
      order(minutesAgo).map((minutes) => ({ time: new Date(+now - minutes * 60_000) })),
    );
    const count = (filter: AuditFilter) => countAuditEvents(organization.id, filter, { now });
    for (const query of queries) {
      const { filter } = parseQuery(query, 'UTC');
      const buckets = await auditHistogram(organization.id, filter, 'Asia/Kolkata', now);
      let all = 0;
      for (const bucket of buckets.filter(({ success }) => success > 0)) {
        const { searchParams } = new URL(bucketHref(bucket, filter, 50), 'https://tracekeep.example');
        const linked = parseAuditSearch(readParams(searchParams), 'UTC');
        expect(linked.notices).toEqual([]);
        expect(await count(linked.filter), query).toBe(bucket.success);
        all += bucket.success;
      }
      expect(all, query).toBe(await count(filter));
    }
  },
);
