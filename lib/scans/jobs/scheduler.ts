import type { AuditSource } from '@/lib/audit/event';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { log } from '@/lib/log';
import { beginRun } from '@/lib/scans/begin-run';
import { nextRuns, type Schedule } from '@/lib/scans/schedule/cron';

const dayMs = 24 * 60 * 60_000;

type DueRow = Schedule & {
  scanId: string;
  scanName: string;
  now: Date;
  id: string;
  slug: string;
  name: string;
};

/**
 * Starts every scan whose time has come. What was missed while no server ran becomes one run; a scan that is still running
 * leaves this time out. Any number of instances may do this at once: each due time is taken by one of them.
 */
export async function startDueScans(): Promise<void> {
  while (await withTransaction(startOne));
}

async function startOne(tx: Tx): Promise<boolean> {
  const [due] = await tx.$queryRaw<DueRow[]>`
    SELECT scan.id AS "scanId", scan.name AS "scanName", scan.cron, scan.time_zone AS "timeZone",
           clock_timestamp() AS now, organization.id, organization.slug, organization.name
      FROM scan JOIN organization ON organization.id = scan.organization_id
     WHERE scan.next_run_at <= clock_timestamp()
     ORDER BY scan.next_run_at LIMIT 1
       FOR UPDATE OF scan SKIP LOCKED`;
  if (!due) return false;
  const { scanId, scanName, cron, timeZone, now, ...organization } = due;
  await tx.$executeRaw`
    UPDATE scan SET next_run_at = ${nextAfter({ cron, timeZone }, now)}::timestamptz WHERE id = ${scanId}::uuid`;
  // Asked with the lock held: a statement that waits for a lock still sees the runs of before.
  const active = await tx.scanRun.findFirst({
    where: { organizationId: organization.id, scanId, status: { in: ['queued', 'running'] } },
    select: { id: true },
  });
  if (active) log.info({ scan: scanId }, 'a scan is still running and leaves one time out');
  else await beginRun(tx, scheduler(organization), { id: scanId, name: scanName }, 'schedule');
  return true;
}

function scheduler(organization: AuditSource['organization']): AuditSource {
  return { organization, actor: { type: 'system', name: 'Scheduler' }, context: { origin: 'scheduler' } };
}

/**
 * When it is due next. A schedule that this runtime cannot read, such as one in a zone that its tables do not have, must not
 * hold up the others: it is looked at again in a day.
 */
function nextAfter(schedule: Schedule, now: Date): Date {
  const inADay = new Date(now.getTime() + dayMs);
  try {
    return nextRuns(schedule, 1, now)[0] ?? inADay;
  } catch (error) {
    log.error({ err: error, ...schedule }, 'a schedule cannot be read');
    return inADay;
  }
}
