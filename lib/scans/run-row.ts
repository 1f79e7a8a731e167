import { Prisma } from '@/lib/db/generated/client';
import type { RunSummary } from '@/lib/scans/scan';

/** What {@link runColumns} selects. */
export type RunRow = Omit<RunSummary, 'createdAt' | 'startedAt' | 'finishedAt'> & {
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
};

/** The columns of scan_run that a list shows. */
export const runColumns = Prisma.sql`
  id, status::text, trigger, started_by_name AS "startedByName", created_at AS "createdAt", started_at AS "startedAt",
  finished_at AS "finishedAt", attempt, progress, step, grade, finding_count AS "findingCount",
  new_findings AS "newFindings", reason,
  CASE WHEN new_findings IS NOT NULL THEN jsonb_array_length(findings -> 'fixed') END AS "fixedFindings"`;

/** The row in the form that pages and the API take. */
export function summaryOf(row: RunRow): RunSummary {
  return {
    id: row.id,
    status: row.status,
    trigger: row.trigger,
    startedByName: row.startedByName,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    attempt: row.attempt,
    progress: row.progress,
    step: row.step,
    grade: row.grade,
    findingCount: row.findingCount,
    newFindings: row.newFindings,
    fixedFindings: row.fixedFindings,
    reason: row.reason,
  };
}
