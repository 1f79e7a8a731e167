import { z } from 'zod';
import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import { NotFoundError } from '@/lib/scans/not-found';
import { type Page, type PageRequest, pageOf, placeOf } from '@/lib/scans/page';
import { type RunRow, runColumns, summaryOf } from '@/lib/scans/run-row';
import { isActive, type ScanSummary } from '@/lib/scans/scan';

/** PostgreSQL's text holds no NUL. */
const nameSchema = z
  .string()
  .max(300)
  .regex(/^[^\0]*$/);

/** An organization's scans by name, capital letters aside. */
export async function listScans(organizationId: string, page: PageRequest): Promise<Page<ScanSummary>> {
  const place = placeOf(page, nameSchema);
  const after = place
    ? Prisma.sql`AND (lower(name), id) > (lower(${place.key}), ${place.id}::uuid)`
    : Prisma.empty;
  const scans = await select(Prisma.sql`
    organization_id = ${organizationId}::uuid ${after} ORDER BY lower(name), id LIMIT ${page.size + 1}`);
  return pageOf(page, place, scans, ({ name, id }) => ({ key: name, id }));
}

/** One scan. Throws {@link NotFoundError}, for another organization's too. */
export async function getScan(organizationId: string, id: string): Promise<ScanSummary> {
  if (!z.uuid().safeParse(id).success) throw new NotFoundError();
  const [scan] = await select(Prisma.sql`organization_id = ${organizationId}::uuid AND id = ${id}::uuid`);
  if (!scan) throw new NotFoundError();
  return scan;
}

type ScanRow = {
  id: string;
  name: string;
  targetUrl: string;
  description: string;
  createdByName: string;
  createdAt: Date;
  cron: string | null;
  timeZone: string | null;
  nextRunAt: Date | null;
};

async function select(which: Prisma.Sql): Promise<ScanSummary[]> {
  const scans = await db().$queryRaw<ScanRow[]>`
    SELECT id, name, target_url AS "targetUrl", description, created_by_name AS "createdByName",
           created_at AS "createdAt", cron, time_zone AS "timeZone", next_run_at AS "nextRunAt"
      FROM scan WHERE ${which}`;
  const runs = await latestRuns(scans.map(({ id }) => id));
  return scans.map(({ cron, timeZone, nextRunAt, createdAt, ...scan }) => {
    const own = runs.filter(({ scanId }) => scanId === scan.id).map(summaryOf);
    return {
      ...scan,
      createdAt: createdAt.toISOString(),
      schedule:
        cron === null || timeZone === null || nextRunAt === null
          ? null
          : { cron, timeZone, nextRunAt: nextRunAt.toISOString() },
      activeRun: own.find(isActive) ?? null,
      lastRun: own.find((run) => !isActive(run)) ?? null,
      lastFinished: own.find(({ status }) => status === 'finished') ?? null,
    };
  });
}

/** The last two runs of each scan, of which one may be active, and the last that finished; newest first. */
function latestRuns(scanIds: readonly string[]): Promise<(RunRow & { scanId: string })[]> {
  return db().$queryRaw`
    SELECT scan.id AS "scanId", run.*
      FROM scan
      CROSS JOIN LATERAL (
        (SELECT ${runColumns} FROM scan_run
          WHERE organization_id = scan.organization_id AND scan_id = scan.id
          ORDER BY created_at DESC, id DESC LIMIT 2)
        UNION
        (SELECT ${runColumns} FROM scan_run
          WHERE organization_id = scan.organization_id AND scan_id = scan.id AND status = 'finished'
          ORDER BY created_at DESC, id DESC LIMIT 1)) AS run
     WHERE scan.id = ANY(${[...scanIds]}::uuid[])
     ORDER BY run."createdAt" DESC, run.id DESC`;
}
