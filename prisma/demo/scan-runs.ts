import type { Actor, Context } from '@/lib/audit/event';
import { examine } from '@/lib/scans/checks/all-checks';
import { compare } from '@/lib/scans/checks/compare';
import { type Finding, isProblem } from '@/lib/scans/checks/finding';
import { gradeOf } from '@/lib/scans/checks/grade';
import type { Sight } from '@/lib/scans/checks/sight';
import { runsKept } from '@/lib/scans/jobs/finish';
import { targetError } from '@/lib/scans/jobs/target-error';
import type { Report } from '@/lib/scans/report';
import { later } from '@/prisma/demo/calendar';
import type { Person } from '@/prisma/demo/cast';
import { type Site, sightOf } from '@/prisma/demo/sites';
import type { World } from '@/prisma/demo/world';

export type DemoScan = {
  id: string;
  name: string;
  description: string;
  createdBy: Person;
  createdAt: Date;
  deletedAt?: Date;
  schedule?: { cron: string; timeZone: string };
  /** How the target answers at a time; undefined while nothing answers. */
  siteAt(time: Date): Site | undefined;
  targetUrl: string;
};

/** A start that is to be told. */
export type Start = {
  time: Date;
  trigger: 'manual' | 'schedule' | 'api';
  by: { actor: Actor; context: Context };
  /** Whoever started it stops it after a few seconds. */
  stopped?: boolean;
};

export type DemoRun = {
  id: string;
  status: 'finished' | 'failed' | 'stopped';
  trigger: Start['trigger'];
  startedByName: string | null;
  createdAt: Date;
  startedAt: Date;
  finishedAt: Date;
  grade: string | null;
  report: Report | null;
  findingCount: number | null;
  newFindings: number | null;
  reason: string | null;
};

export const scheduler: Start['by'] = {
  actor: { type: 'system', name: 'Scheduler' },
  context: { origin: 'scheduler' },
};

/** Tells every run of a scan, judged by the product's own checks, and returns those that are still kept. */
export function tellRuns(world: World, scan: DemoScan, starts: readonly Start[]): DemoRun[] {
  const runs: DemoRun[] = [];
  const judge = createJudge();
  let before: { id: string; findings: readonly Finding[] } | undefined;
  for (const start of starts.toSorted((a, b) => a.time.getTime() - b.time.getTime())) {
    // A scan never runs twice at once: the start is left out, as the scheduler would.
    const last = runs.at(-1);
    if (last && start.time <= last.finishedAt) continue;
    const run = tellRun(world, scan, start, { before, judge });
    runs.push(run);
    if (run.report) before = { id: run.id, findings: run.report.findings };
  }
  return runs.slice(-runsKept);
}

function tellRun(
  { random, timeline }: World,
  scan: DemoScan,
  { time, trigger, by, stopped }: Start,
  { before, judge }: { before: { id: string; findings: readonly Finding[] } | undefined; judge: Judge },
): DemoRun {
  const targets = [{ type: 'scan' as const, id: scan.id, name: scan.name }];
  const startedAt = later(time, random.between(240, 990));
  const base = {
    id: random.uuid(),
    trigger,
    startedByName: trigger === 'schedule' ? null : (by.actor.name ?? null),
    createdAt: time,
    startedAt,
    finishedAt: later(startedAt, random.between(1_100, 6_400)),
    grade: null,
    report: null,
    findingCount: null,
    newFindings: null,
    reason: null,
  };
  timeline.add({ ...by, time, action: 'scan.start', targets, metadata: { run_id: base.id, trigger } });
  if (stopped) {
    timeline.add({
      ...by,
      time: base.finishedAt,
      action: 'scan.stop',
      targets,
      metadata: { run_id: base.id },
    });
    return { ...base, status: 'stopped', reason: `${by.actor.name} stopped this scan` };
  }

  const end = {
    time: base.finishedAt,
    action: 'scan.finish' as const,
    actor: { type: 'system' as const, name: 'Scanner' },
    context: { origin: 'system' as const },
    targets,
  };
  const site = scan.siteAt(time);
  if (!site) {
    const reason = targetError(new URL(scan.targetUrl), 'ETIMEDOUT', undefined).message;
    timeline.add({ ...end, outcome: 'failure', metadata: { run_id: base.id, reason } });
    return { ...base, status: 'failed', reason };
  }
  const { findings, visits } = judge(site, time);
  const difference = before && compare(before.findings, findings);
  const grade = gradeOf(findings);
  const findingCount = findings.filter(isProblem).length;
  timeline.add({ ...end, metadata: { run_id: base.id, grade, findings: findingCount } });
  return {
    ...base,
    status: 'finished',
    grade,
    findingCount,
    newFindings: difference?.new.length ?? null,
    report: {
      visits: [...visits],
      findings: [...findings],
      comparedWith: before?.id ?? null,
      new: difference?.new ?? [],
      fixed: difference?.fixed ?? [],
    },
  };
}

type Judge = (site: Site, time: Date) => { findings: readonly Finding[]; visits: Report['visits'] };

/** What the checks say of a site on a day: it stays as it is until a release, and is scanned up to 48 times a day. */
function createJudge(): Judge {
  const known = new Map<Site, Map<string, ReturnType<Judge>>>();
  return (site, time) => {
    const ofSite = known.get(site) ?? new Map<string, ReturnType<Judge>>();
    known.set(site, ofSite);
    const day = time.toISOString().slice(0, 10);
    const judged = ofSite.get(day) ?? judgeOf(sightOf(site, time));
    ofSite.set(day, judged);
    return judged;
  };
}

const judgeOf = (sight: Sight) => ({ findings: examine(sight), visits: visitsOf(sight) });

function visitsOf({ answers, plain }: Sight): Report['visits'] {
  const all = plain === undefined || plain === 'closed' ? answers : [...answers, plain];
  return all.map(({ url, status }) => ({ url: url.href, outcome: `answered ${status}` }));
}
