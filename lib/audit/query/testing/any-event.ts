import fc from 'fast-check';
import type { EventDraft } from '@/e2e/audit-events';
import type { AuditFilter } from '@/lib/audit/filter/audit-filter';
import { anyFilter, hostileTexts } from '@/lib/audit/filter/testing/any-filter';

/** What relative times are measured from. */
export const now = new Date('2026-11-24T12:00:00Z');
const dayMs = 86_400_000;

/** Names that share beginnings and words, so that filters of these words find some events and not all. */
const words = ['ben', 'ben okafor', 'Ben Fox', 'alice', 'ci bot', 'prod', 'prod-weekly', ...hostileTexts];
const ips = [
  '203.0.113.7',
  '203.0.113.8',
  '203.0.114.1',
  '10.0.0.1',
  '2001:db8::7',
  '2001:db8:1::7',
  undefined,
];
const word = fc.constantFrom(...words);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Events of the last forty days. */
export const anyEvent: fc.Arbitrary<EventDraft> = fc
  .record({
    age: fc.integer({ min: 0, max: 40 * dayMs }),
    login: fc.boolean(),
    outcome: fc.constantFrom('success' as const, 'success' as const, 'failure' as const),
    actor: fc.oneof(
      fc.record({
        type: fc.constantFrom('user' as const, 'api_key' as const),
        id: optional(word),
        name: optional(word),
        email: optional(word),
      }),
      fc.constantFrom({ type: 'system' as const }, { type: 'anonymous' as const }),
    ),
    target: optional(
      fc.record({
        type: fc.constantFrom('scan' as const, 'user' as const),
        id: optional(word),
        name: optional(word),
      }),
    ),
    context: fc.record({
      ip: fc.constantFrom(...ips),
      origin: fc.constantFrom('console' as const, 'api' as const, 'scheduler' as const, 'system' as const),
      request_id: optional(word),
      session_id: optional(word),
    }),
  })
  .map(({ age, login, outcome, actor, target, context }) => ({
    time: new Date(now.getTime() - age),
    outcome,
    actor,
    targets: target ? [target] : [],
    context,
    ...(login
      ? { action: 'user.login' as const, metadata: { method: 'email' as const } }
      : { action: 'scan.delete' as const, metadata: {} }),
  }));

/** What an index may answer together. */
const joined = {
  action: matchOf(fc.constantFrom('user.*', 'user.login', 'scan.*', 'scan.delete', 'scan.start')),
  actor: matchOf(fc.oneof(word, fc.constantFrom('system', 'anonymous', 'user', 'b'))),
  origin: matchOf(fc.constantFrom('console', 'api', 'scheduler', 'system')),
  result: matchOf(fc.constantFrom('success', 'failure')),
};

/** Filters whose values are in the log, and some that are anything. */
export const someFilter: fc.Arbitrary<AuditFilter> = fc.oneof(
  { arbitrary: anyFilter, weight: 1 },
  { arbitrary: fc.record(joined, { requiredKeys: ['action'] }), weight: 1 },
  {
    weight: 4,
    arbitrary: fc
      .record(
        {
          ...joined,
          target: matchOf(fc.oneof(word, fc.constantFrom('scan', 'p'))),
          ip: matchOf(
            fc.constantFrom('203.0.113.7', '203.0.112.0/22', '2001:db8::/32', '10.0.0.1', '0.0.0.0/0'),
          ),
          request: matchOf(word),
          session: matchOf(word),
          text: matchOf(fc.oneof(word, fc.constantFrom('203.0', '2001:db8', 'login', 'e', '_'))),
          created: fc.record({
            not: fc.boolean(),
            range: fc.oneof(
              fc.constantFrom({ last: '24h' as const }, { last: '7d' as const }, { last: '30d' as const }),
              fc
                .integer({ min: 1, max: 40 })
                .map((days) => ({ from: new Date(now.getTime() - days * dayMs) })),
              fc.integer({ min: 1, max: 40 }).map((days) => ({ to: new Date(now.getTime() - days * dayMs) })),
              fc.integer({ min: 11, max: 40 }).map((days) => ({
                from: new Date(now.getTime() - days * dayMs),
                to: new Date(now.getTime() - (days - 10) * dayMs),
              })),
            ),
          }),
        },
        { requiredKeys: [] },
      )
      // Few conditions at a time: many would find nothing, whatever they are.
      .chain((filter) =>
        fc.subarray(Object.keys(filter), { maxLength: 3 }).map((keys) => pick(filter, keys)),
      ),
  },
);

function matchOf(value: fc.Arbitrary<string>) {
  return fc
    .record({ is: fc.uniqueArray(value, { maxLength: 2 }), not: fc.uniqueArray(value, { maxLength: 1 }) })
    .filter(({ is, not }) => is.length + not.length > 0);
}

function pick(filter: AuditFilter, keys: readonly string[]): AuditFilter {
  return Object.fromEntries(Object.entries(filter).filter(([key]) => keys.includes(key)));
}
