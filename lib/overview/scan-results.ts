import { db } from '@/lib/db/client';

export type ScanResult = {
  id: string;
  name: string;
  /** Of the last run that came to an end by itself; null before the first. */
  status: 'finished' | 'failed' | null;
  endedAt: Date | null;
  grade: string | null;
  findings: number | null;
  /** Findings that the run before did not have. */
  newFindings: number | null;
  /** Why it failed. */
  reason: string | null;
};

const shown = 50;

/** How the last run of each scan ended: what failed first, then what found something new, then the latest. */
export async function listScanResults(organizationId: string): Promise<ScanResult[]> {
  return db().$queryRaw<ScanResult[]>`
    SELECT s.id, s.name, r.status::text, r.finished_at AS "endedAt", r.grade, r.finding_count AS findings,
           r.new_findings AS "newFindings", r.reason
      FROM scan s
      LEFT JOIN LATERAL (
        SELECT * FROM scan_run
         WHERE organization_id = s.organization_id AND scan_id = s.id AND status IN ('finished', 'failed')
         ORDER BY created_at DESC, id DESC LIMIT 1) AS r ON true
     WHERE s.organization_id = ${organizationId}::uuid
     ORDER BY r.status = 'failed' DESC NULLS LAST, coalesce(r.new_findings, 0) > 0 DESC,
              r.finished_at DESC NULLS LAST, s.id
     LIMIT ${shown}`;
}
