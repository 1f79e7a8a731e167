import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { useDatabase } from '@/test/database';
import type { AuditFilter } from '../filter/audit-filter';
import { parseQuery } from '../filter/query-text';
import { filterText, hostileTexts } from '../filter/testing/any-filter';
import { countAuditEvents } from './count-events';
import { countNewerEvents } from './count-newer-events';
import { countFacet, facets } from './facets';
import { auditHistogram } from './histogram';
import { listAuditEvents, oldestPage } from './list-events';
import { auditNeighbours } from './neighbours';
import { newestSeqs } from './newest-seqs';
import { suggestParties } from './suggest-parties';
import { logOf } from './testing/log-of';
import { type Statement, statementsOf } from './testing/statements';

useDatabase();

const queries = [
  '',
  'action:scan.start',
  'action:scan.* -action:scan.stop',
  'actor:alice',
  '-actor:alice',
  'target:prod',
  'result:failure',
  'ip:203.0.113.0/24',
  'origin:api',
  'request:r',
  '-session:z',
  'created:24h',
  '-created:2026-11-01..2026-11-02',
  'okafor -"ci bot"',
  'actor:alice action:scan.* result:success created:7d',
  'action:scan.start origin:console result:success',
];

/** Every statement that a list, a count, a facet, a histogram or a neighbour sends for a filter. */
async function everyStatement(organizationId: string, filter: AuditFilter): Promise<Statement[]> {
  return statementsOf(async () => {
    const { older } = await listAuditEvents(organizationId, filter, { size: 25 });
    await listAuditEvents(organizationId, filter, { size: 25, cursor: older });
    await listAuditEvents(organizationId, filter, { size: 25, cursor: oldestPage(filter) });
    await countAuditEvents(organizationId, filter);
    await countNewerEvents(organizationId, filter, 20n);
    await newestSeqs(organizationId, filter, { limit: 1_000 });
    for (const facet of facets) await countFacet(organizationId, filter, facet);
    await auditHistogram(organizationId, filter, 'Europe/Berlin');
    await auditNeighbours(organizationId, filter, 20n);
    await suggestParties(organizationId, 'actor', 'al');
  });
}

describe('the SQL of every query', () => {
  test('has no OFFSET, and counts nothing that is not limited or a range of seq', async () => {
    const { organization } = await logOf(Array.from({ length: 60 }, () => ({})));
    for (const query of queries) {
      const statements = await everyStatement(organization.id, parseQuery(query, 'UTC').filter);
      expect(statements.length).toBeGreaterThan(10);
      for (const { text } of statements) {
        expect(text).not.toMatch(/\boffset\b/i);
        if (!/\bcount\s*\(/i.test(text)) continue;
        const bounded =
          /count\(\*\) FROM \([^;]*LIMIT \$\d+/.test(text) || /LIMIT \$\d+\) AS matched/.test(text);
        const histogram = /width_bucket/.test(text) && /a\.seq BETWEEN \$\d+ AND \$\d+/.test(text);
        expect(bounded || histogram, text).toBe(true);
      }
    }
  });

  test('names the organization first wherever it reads events or parties', async () => {
    const { organization } = await logOf(Array.from({ length: 60 }, () => ({})));
    for (const query of queries) {
      for (const { text } of await everyStatement(organization.id, parseQuery(query, 'UTC').filter)) {
        const readings =
          text.match(/(?:FROM|JOIN)\s+audit_(?:event a|party p|head h)\b\s+(?:WHERE|ON)\s+\S+/g) ?? [];
        const mentions = text.match(/\baudit_(?:event|party|head)\b/g) ?? [];
        expect(readings.length, text).toBe(mentions.length);
        for (const reading of readings) expect(reading).toMatch(/(?:WHERE|ON)\s+[aph]\.organization_id$/);
      }
    }
  });

  test('never holds a value of the filter: whatever somebody types is a parameter', async () => {
    const marker = 'zq7canary';
    const marked = { type: 'user', id: marker, name: marker } as const;
    const { organization } = await logOf([
      {},
      {
        actor: marked,
        targets: [marked],
        context: { origin: 'console', request_id: marker, session_id: marker },
      },
    ]);
    const expectOnlyParameters = async (value: string) => {
      const match = { is: [value], not: [`${value}x`] };
      const filter = { actor: match, target: match, request: match, session: match, text: match };
      const statements = await everyStatement(organization.id, filter);
      for (const { text } of statements) expect(text.toLowerCase()).not.toContain(marker);
      const values = statements.map(({ values }) => String(values).toLowerCase());
      expect(values.some((sent) => sent.includes(marker))).toBe(true);
    };
    // How many steps a search takes depends on what it finds: this finds something, and the others nothing.
    await expectOnlyParameters(marker);
    const hostile = fc.oneof(filterText, fc.constantFrom(...hostileTexts));
    await fc.assert(
      fc.asyncProperty(hostile, (value) => expectOnlyParameters(`${value}${marker}`)),
      { numRuns: 25 },
    );
  });
});
