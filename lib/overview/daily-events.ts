import { countBetween } from '@/lib/audit/query/histogram';
import { instantToZoned, zonedToInstant } from '@/lib/zoned-time';

export type DayOfEvents = {
  /** Where the day begins and ends in the reader's zone; summer time makes it 23 or 25 hours long. */
  from: Date;
  to: Date;
  total: number;
  failed: number;
};

const dayMs = 86_400_000;

/** How many events each of the last `days` days had, in the calendar of `zone`, the present day last. */
export async function countDailyEvents(
  organizationId: string,
  { zone, days, now = new Date() }: { zone: string; days: number; now?: Date },
): Promise<DayOfEvents[]> {
  const edges = midnights(zone, days, now);
  const [from, to] = [edges.at(0) ?? now, edges.at(-1) ?? now];
  const filter = { created: { not: false, range: { from, to } } };
  const buckets = await countBetween(organizationId, filter, edges, now);
  return buckets.map(({ success, failure, ...day }) => ({
    ...day,
    total: success + failure,
    failed: failure,
  }));
}

/** The beginnings of the last days and of tomorrow. */
function midnights(zone: string, days: number, now: Date): Date[] {
  const today = new Date(`${instantToZoned(now, zone).slice(0, 10)}T00:00:00Z`).getTime();
  return Array.from({ length: days + 1 }, (_, at) => {
    const date = new Date(today + (at - days + 1) * dayMs).toISOString().slice(0, 10);
    return zonedToInstant(`${date}T00:00`, zone) ?? new Date(`${date}T00:00:00Z`);
  });
}
