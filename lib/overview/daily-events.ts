import { db } from '@/lib/db/client';
import { instantToZoned, zonedToInstant } from '@/lib/zoned-time';

export type DayOfEvents = {
  /** Where the day begins and ends in the reader's zone; summer time makes it 23 or 25 hours long. */
  from: Date;
  to: Date;
  total: number;
  failed: number;
};

/** The present day last. */
export type DailyEvents = {
  readonly days: readonly DayOfEvents[];
  /** There were more events than are counted: the first day may lack some, and those before it are left out. */
  readonly capped: boolean;
};

const dayMs = 86_400_000;

/** The most events that are counted: the overview opens as fast in a busy organization. */
export const eventsCounted = 100_000;

/** How many events each of the last `days` days had, in the calendar of `zone`; of the newest `limit` events only. */
export async function countDailyEvents(
  organizationId: string,
  {
    zone,
    days,
    now = new Date(),
    limit = eventsCounted,
  }: { zone: string; days: number; now?: Date; limit?: number },
): Promise<DailyEvents> {
  const edges = midnights(zone, days, now);
  const rows = await db().$queryRaw<{ day: number; total: number; failed: number }[]>`
    SELECT width_bucket(occurred_at, ${edges}::timestamptz[]) AS day, count(*)::int AS total,
           count(*) FILTER (WHERE outcome = 'failure')::int AS failed
      FROM (SELECT occurred_at, outcome FROM audit_event
             WHERE organization_id = ${organizationId}::uuid
               AND occurred_at >= ${edges.at(0)}::timestamptz AND occurred_at < ${edges.at(-1)}::timestamptz
             ORDER BY occurred_at DESC, seq DESC LIMIT ${limit}) AS newest
     GROUP BY day`;
  const counts = new Map(rows.map(({ day, total, failed }) => [day, { total, failed }]));
  const all = edges.slice(0, -1).map((from, at) => ({
    from,
    to: edges[at + 1] ?? from,
    ...(counts.get(at + 1) ?? { total: 0, failed: 0 }),
  }));
  const capped = rows.reduce((sum, { total }) => sum + total, 0) === limit;
  return { days: capped ? all.slice(all.findIndex(({ total }) => total > 0)) : all, capped };
}

/** The beginnings of the last days and of tomorrow. */
function midnights(zone: string, days: number, now: Date): Date[] {
  const today = new Date(`${instantToZoned(now, zone).slice(0, 10)}T00:00:00Z`).getTime();
  return Array.from({ length: days + 1 }, (_, at) => {
    const date = new Date(today + (at - days + 1) * dayMs).toISOString().slice(0, 10);
    return zonedToInstant(`${date}T00:00`, zone) ?? new Date(`${date}T00:00:00Z`);
  });
}
