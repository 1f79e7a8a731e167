import type { z } from 'zod';
import type { getRunSpec, getScanSpec, listRunsSpec } from '@/lib/api/endpoints/scans';
import type { Run } from '@/lib/scans/read-runs';
import type { RunSummary, ScanSummary } from '@/lib/scans/scan';

/** A scan in the API's spelling. */
export function describeScan(scan: ScanSummary): z.input<typeof getScanSpec.answer> {
  const { id, name, targetUrl, description, createdByName, createdAt, schedule } = scan;
  return {
    id,
    name,
    target_url: targetUrl,
    description,
    created_by: createdByName,
    created_at: createdAt,
    schedule: schedule && describeSchedule(schedule),
    active_run: scan.activeRun && describeRun(scan.activeRun),
    last_run: scan.lastRun && describeRun(scan.lastRun),
    last_finished: scan.lastFinished && describeRun(scan.lastFinished),
  };
}

export function describeSchedule({ cron, timeZone, nextRunAt }: NonNullable<ScanSummary['schedule']>) {
  return { cron, time_zone: timeZone, next_run_at: nextRunAt };
}

export function describeRun(run: RunSummary): z.input<typeof listRunsSpec.answer>['data'][number] {
  const { id, status, trigger, attempt, progress, step, grade, reason } = run;
  return {
    id,
    status,
    trigger,
    started_by: run.startedByName,
    created_at: run.createdAt,
    started_at: run.startedAt,
    finished_at: run.finishedAt,
    attempt,
    progress,
    step,
    grade,
    finding_count: run.findingCount,
    new_findings: run.newFindings,
    fixed_findings: run.fixedFindings,
    reason,
  };
}

export function describeRunWithReport(run: Run): z.input<typeof getRunSpec.answer> {
  const { report } = run;
  if (report === null) return { ...describeRun(run), report };
  const { comparedWith, ...found } = report;
  return { ...describeRun(run), report: { ...found, compared_with: comparedWith } };
}
