import { keys, people, rare, targets } from '@/bench/generate-log';
import { big } from '@/bench/load-logs';
import { parseQuery } from '@/lib/audit/filter/query-text';
import { countAuditEvents } from '@/lib/audit/query/count-events';
import { countFacet, facets } from '@/lib/audit/query/facets';
import { auditHistogram } from '@/lib/audit/query/histogram';
import { listAuditEvents, oldestPage } from '@/lib/audit/query/list-events';
import { pool } from '@/lib/db/pool';

/** A question that is put to the log again and again, each time (`n`) about something else where there is something else. */
export type Case = {
  name: string;
  /** Which of the targets of issue 5 it is held to. */
  target: 'page' | 'summary' | 'none';
  run(n: number): Promise<unknown>;
};

const id = big.organizationId;
const zone = 'Europe/Berlin';
const size = 50;
const filterOf = (query: string) => parseQuery(query, zone).filter;

function page(name: string, query: (n: number) => string, target: Case['target'] = 'page'): Case {
  return { name, target, run: (n) => listAuditEvents(id, filterOf(query(n)), { size }) };
}

function count(name: string, query: string): Case {
  return { name: `count: ${name}`, target: 'page', run: () => countAuditEvents(id, filterOf(query)) };
}

/** Every case. Ids of requests and sessions are taken from all over the log. */
export async function cases(): Promise<Case[]> {
  const { requests, sessions } = await idsFromTheLog();
  const action = filterOf('action:scan.start');
  return [
    page('first page, no filter', () => ''),
    page('action', (n) => `action:${['user.login', 'scan.start', 'scan.delete', 'user.create'][n % 4]}`),
    page('action, a family', () => 'action:scan.*'),
    page('action, 3 events of all', () => `action:${rare.action.name}`),
    page('action, negated', () => '-action:scan.*'),
    page('actor', (n) => `actor:"person ${(n * 37) % people} fox"`),
    page('actor, a tenth of all events', (n) => `actor:"ci bot ${n % keys}"`),
    page('actor, 3 events of all', () => `actor:"${rare.actor.name}"`),
    page('actor, negated', (n) => `-actor:"ci bot ${n % keys}"`),
    page('target', (n) => `target:"scan ${(n * 97) % targets}"`),
    page('target, negated', (n) => `-target:"scan ${(n * 97) % targets}"`),
    page('result', () => 'result:failure'),
    page('ip, an address', (n) => `ip:10.${n % 5}.${n % 250}.${n % 200}`),
    page('ip, a /24', (n) => `ip:10.${n % 5}.${n % 250}.0/24`),
    page('ip, a /20 long ago', () => `ip:${rare.addresses.cidr}`),
    page('ip, a /8', () => 'ip:10.0.0.0/8'),
    page('ip, negated', () => '-ip:10.0.0.0/8'),
    page('origin', (n) => `origin:${['console', 'api', 'scheduler', 'system'][n % 4]}`),
    page('request', (n) => `request:${requests[n % requests.length]}`),
    page('session', (n) => `session:${sessions[n % sessions.length]}`),
    page('created, the last 30 days', () => 'created:30d'),
    page('created, a day long ago', (n) => `created:2026-0${1 + (n % 8)}-1${n % 10}`),
    page('text that matches nothing', (n) => `nothing${n}like`),
    page('text, a name', (n) => `"person ${(n * 37) % people} fox"`),
    page('text, in every third event', () => 'fox'),
    page('text, 3 events of all', () => `"${rare.actor.name}"`),
    page('actor, action and 30 days', (n) => `actor:"person ${n} fox" action:scan.* created:30d`),
    page(
      '3 events of all, and two conditions',
      () => `actor:"${rare.actor.name}" action:scan.* result:success`,
    ),
    page('two common conditions that no event meets', () => 'action:user.login origin:api', 'none'),
    {
      name: 'oldest page',
      target: 'page',
      run: () => listAuditEvents(id, {}, { size, cursor: oldestPage({}) }),
    },
    {
      name: 'oldest page of an action',
      target: 'page',
      run: () => listAuditEvents(id, action, { size, cursor: oldestPage(action) }),
    },
    count('everything', ''),
    count('an action', 'action:scan.start'),
    count('an actor, negated', '-actor:"ci bot 0"'),
    count('text in every third event', 'fox'),
    ...facets.map(
      (facet): Case => ({
        name: `facet: ${facet}, 30 days`,
        target: 'summary',
        run: () => countFacet(id, filterOf('created:30d'), facet),
      }),
    ),
    {
      name: 'facet: actor, an action, 30 days',
      target: 'summary',
      run: () => countFacet(id, filterOf('action:scan.start created:30d'), 'actor'),
    },
    ...['', 'action:scan.start', '-actor:"ci bot 0"'].map(
      (query): Case => ({
        name: `histogram: ${query || 'everything'}, 30 days`,
        target: 'summary',
        run: () => auditHistogram(id, filterOf(`${query} created:30d`), zone),
      }),
    ),
    { name: 'histogram: everything', target: 'summary', run: () => auditHistogram(id, {}, zone) },
  ];
}

async function idsFromTheLog(): Promise<{ requests: string[]; sessions: string[] }> {
  const { rows } = await pool().query<{ request_id: string; session_id: string }>(
    `SELECT request_id, session_id
       FROM (SELECT seq FROM audit_head WHERE organization_id = $1) AS head,
            generate_series(1, 60) AS n,
            LATERAL (SELECT request_id, session_id FROM audit_event
                      WHERE organization_id = $1 AND audit_event.seq >= head.seq * n / 61
                        AND request_id IS NOT NULL AND session_id IS NOT NULL
                      ORDER BY audit_event.seq LIMIT 1) AS e`,
    [id],
  );
  return { requests: rows.map((row) => row.request_id), sessions: rows.map((row) => row.session_id) };
}
