import { randomUUID } from 'node:crypto';
import type { Query } from '@/e2e/database';
import type { Organization } from '@/e2e/fixtures';
import { examine } from '@/lib/scans/checks/all-checks';
import { compare } from '@/lib/scans/checks/compare';
import { isProblem } from '@/lib/scans/checks/finding';
import { gradeOf } from '@/lib/scans/checks/grade';
import type { Report } from '@/lib/scans/report';
import { answerWith, sightOf } from '@/lib/scans/testing/sights';

/** How the last run of a scan stands; a finished one has another before it. */
export type ScanState = 'never' | 'running' | 'finished' | 'failed';
export type AddedScan = { id: string; runId: string | undefined };

const target = 'https://shop.acme.example/a-rather-long-path/to/the/front-page?campaign=autumn-2026';
const before = examine(sightOf(answerWith({ 'x-frame-options': 'DENY' }, { address: target })));
const now = examine(
  sightOf(
    answerWith(
      { server: 'nginx/1.25.3', 'set-cookie': 'sid=1', 'referrer-policy': 'no-referrer' },
      { address: target },
    ),
    { plain: 'closed' },
  ),
);

/** Writes a scan that rests in this state: no worker touches it, and nothing is visited. */
export async function insertScan(
  query: Query,
  { id: organizationId }: Organization,
  state: ScanState,
  name = `Scan that is ${state}`,
): Promise<AddedScan> {
  const id = randomUUID();
  await query(
    `INSERT INTO scan (id, organization_id, name, target_url, description, created_by_name, cron, time_zone, next_run_at)
     VALUES ($1, $2, $3, $4, 'The shop.' || chr(10) || 'Ask Mira.', 'Alice Fox', $5, $6, $7)`,
    [
      id,
      organizationId,
      name,
      target,
      ...(state === 'finished'
        ? ['30 2 * * 0', 'Europe/Berlin', new Date('2099-11-01T00:30:00Z')]
        : [null, null, null]),
    ],
  );
  if (state === 'never') return { id, runId: undefined };
  const first = await insertRun(query, [organizationId, id], {
    status: 'finished',
    minutesAgo: 60,
    report: {
      visits: [{ url: target, outcome: 'answered 200' }],
      findings: before,
      comparedWith: null,
      new: [],
      fixed: [],
    },
  });
  const report: Report = {
    visits: [
      { url: target, outcome: 'answered 200' },
      { url: 'http://shop.acme.example/', outcome: 'no answer' },
    ],
    findings: now,
    comparedWith: first,
    ...compare(before, now),
  };
  const runId = await insertRun(query, [organizationId, id], {
    status: state,
    minutesAgo: 5,
    ...(state === 'finished' && { report }),
  });
  return { id, runId };
}

type RunDraft = { status: string; minutesAgo: number; report?: Report };

async function insertRun(
  query: Query,
  owner: [organizationId: string, scanId: string],
  { status, minutesAgo, report }: RunDraft,
): Promise<string> {
  const id = randomUUID();
  const running = status === 'running';
  // A heartbeat of next year keeps the running one from being taken for dead.
  await query(
    `INSERT INTO scan_run (id, organization_id, scan_id, status, trigger, started_by_name, created_at, started_at,
                           finished_at, attempt, heartbeat_at, progress, step, grade, findings, finding_count,
                           new_findings, reason)
     SELECT $1, $2, $3, $4::scan_run_status, 'manual', 'Alice Fox', at, at, CASE WHEN $5 THEN NULL ELSE at + interval '2 s' END,
            1, CASE WHEN $5 THEN now() + interval '1 year' END, $6, $7, $8, $9, $10, $11, $12
       FROM (SELECT now() - make_interval(mins => $13) AS at) AS times`,
    [
      id,
      ...owner,
      status,
      running,
      running ? 42 : report ? 100 : 10,
      running ? 'Asking shop.acme.example over plain http' : null,
      report ? gradeOf(report.findings) : null,
      report ? JSON.stringify(report) : null,
      report ? report.findings.filter(isProblem).length : null,
      report?.comparedWith ? report.new.length : null,
      status === 'failed'
        ? 'There is no shop.acme.example: the name has no address. Check the spelling of the target.'
        : null,
      minutesAgo,
    ],
  );
  return id;
}
