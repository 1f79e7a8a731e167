import { z } from 'zod';
import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import { NotFoundError } from '@/lib/scans/not-found';
import { type Page, type PageRequest, pageOf, placeOf } from '@/lib/scans/page';
import { getScan } from '@/lib/scans/read-scans';
import { type Report, readReport } from '@/lib/scans/report';
import { type RunRow, runColumns, summaryOf } from '@/lib/scans/run-row';
import type { RunSummary } from '@/lib/scans/scan';

/** A run with what it found. The report is null unless it finished. */
export type Run = RunSummary & { readonly report: Report | null };

/** PostgreSQL has no year 0, and no run is that old. */
const instant = z.iso.datetime().regex(/^[1-9]/);

/** A scan's runs, newest first. Throws {@link NotFoundError} for a scan that is gone or another organization's. */
export async function listRuns(
  organizationId: string,
  scanId: string,
  page: PageRequest,
): Promise<Page<RunSummary>> {
  await getScan(organizationId, scanId);
  const place = placeOf(page, instant);
  const older = place
    ? Prisma.sql`AND (created_at, id) < (${place.key}::timestamptz, ${place.id}::uuid)`
    : Prisma.empty;
  const rows = await db().$queryRaw<RunRow[]>`
    SELECT ${runColumns} FROM scan_run
     WHERE organization_id = ${organizationId}::uuid AND scan_id = ${scanId}::uuid ${older}
     ORDER BY created_at DESC, id DESC LIMIT ${page.size + 1}`;
  return pageOf(page, place, rows.map(summaryOf), ({ createdAt, id }) => ({ key: createdAt, id }));
}

/** One run with its findings. Throws {@link NotFoundError}, for another organization's or another scan's too. */
export async function getRun(organizationId: string, scanId: string, runId: string): Promise<Run> {
  if (![scanId, runId].every((id) => z.uuid().safeParse(id).success)) throw new NotFoundError();
  const [row] = await db().$queryRaw<(RunRow & { findings: unknown })[]>`
    SELECT ${runColumns}, findings FROM scan_run
     WHERE organization_id = ${organizationId}::uuid AND scan_id = ${scanId}::uuid AND id = ${runId}::uuid`;
  if (!row) throw new NotFoundError();
  return { ...summaryOf(row), report: readReport(row.findings) };
}
