import { UserError } from '@/lib/action/user-error';
import type { AuditSource, Change } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { canonicalTimeZone } from '@/lib/format-time';
import { type LockedScan, lockScan, scanTarget } from '@/lib/scans/lock';
import { nextRuns, parseCron, type Schedule } from '@/lib/scans/schedule/cron';

/**
 * Has the scheduler start a scan from now on, in place of any schedule it had. Records nothing when nothing changes.
 * Throws {@link NotFoundError}, or a UserError at `cron` or `timeZone`.
 */
export async function scheduleScan(source: AuditSource, id: string, input: Schedule): Promise<void> {
  const schedule = parseSchedule(input);
  await withTransaction(async (tx) => {
    const scan = await lockScan(tx, source.organization.id, id);
    const changes = changesOf(scan, schedule);
    if (changes.length === 0) return;
    const [nextRunAt] = nextRuns(schedule, 1, await now(tx));
    if (!nextRunAt) throw new Error('an expression that has runs has no next one');
    await tx.scan.update({
      where: { organizationId_id: { organizationId: source.organization.id, id } },
      data: { ...schedule, nextRunAt },
    });
    recordAudit(tx, {
      ...source,
      action: 'scan.schedule',
      targets: scanTarget(scan),
      changes,
      metadata: { cron: schedule.cron, time_zone: schedule.timeZone },
    });
  });
}

/**
 * Takes a scan's schedule away; a run that is under way goes on. Does nothing when it has none. Throws
 * {@link NotFoundError}.
 */
export async function unscheduleScan(source: AuditSource, id: string): Promise<void> {
  await withTransaction(async (tx) => {
    const scan = await lockScan(tx, source.organization.id, id);
    if (scan.cron === null) return;
    await tx.scan.update({
      where: { organizationId_id: { organizationId: source.organization.id, id } },
      data: { cron: null, timeZone: null, nextRunAt: null },
    });
    recordAudit(tx, {
      ...source,
      action: 'scan.unschedule',
      targets: scanTarget(scan),
      changes: changesOf(scan, undefined),
      metadata: {},
    });
  });
}

/** A schedule as it is stored. Throws a UserError at `cron` or `timeZone`. */
export function parseSchedule({ cron, timeZone }: Schedule): Schedule {
  const parsed = parseCron(cron);
  if (!parsed.ok) throw new UserError(parsed.message, { field: 'cron', hint: parsed.hint });
  const zone = canonicalTimeZone(timeZone.trim());
  if (zone === undefined) {
    throw new UserError('This time zone is not known here', {
      field: 'timeZone',
      hint: 'Use a name such as Europe/Berlin or UTC.',
    });
  }
  return { cron: parsed.cron, timeZone: zone };
}

function changesOf({ cron, timeZone }: LockedScan, next: Schedule | undefined): Change[] {
  const changes: Change[] = [];
  const note = (field: string, from: string | null, to: string | undefined) => {
    if (from !== (to ?? null)) changes.push({ field, from: from ?? undefined, to });
  };
  note('cron', cron, next?.cron);
  note('time_zone', timeZone, next?.timeZone);
  return changes;
}

/** The database's clock, which also decides when a run is due. */
async function now(tx: Tx): Promise<Date> {
  const [row] = await tx.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  if (!row) throw new Error('the database does not tell the time');
  return row.now;
}
