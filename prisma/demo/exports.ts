import { exportFileName } from '@/lib/audit-export/file-name';
import { dayMs, later, minuteMs } from '@/prisma/demo/calendar';
import type { Person } from '@/prisma/demo/cast';
import type { World } from '@/prisma/demo/world';

/** The auditor takes out a month, twice; an admin what somebody did who has left, as proof. */
export function tellExports({ calendar, plot, cast, timeline, presence }: World): void {
  const tell = (by: Person, time: Date, { format, query, days, first, last, events }: Told): void => {
    const ends = [later(time, -days * dayMs), later(time, -3 * minuteMs)] as const;
    timeline.add({
      ...presence.act(by, time),
      action: 'audit_log.export',
      targets: [
        {
          type: 'audit_export',
          name: exportFileName({ slug: 'acme-security', format, ends, truncatedTo: undefined }),
        },
      ],
      metadata: { format, query, events, first_seq: `${first}`, last_seq: `${last}`, truncated: false },
    });
  };
  const monthly = { format: 'csv', query: 'created:30d', days: 30 } as const;
  const on = (daysAgo: number, time: string) => calendar.at(calendar.workday(daysAgo), time);
  tell(cast.mira, on(56, '14:11:29.408'), { ...monthly, first: 402, last: 7_118, events: 6_717 });
  tell(cast.mira, on(26, '14:20:53.917'), { ...monthly, first: 7_041, last: 13_926, events: 6_886 });
  tell(cast.alice, later(plot.larsDeactivated, 26 * minuteMs), {
    format: 'ndjson',
    query: `actor:${cast.lars.id}`,
    days: 61,
    first: 2_004,
    last: 17_530,
    events: 312,
  });
}

type Told = {
  format: 'csv' | 'ndjson';
  query: string;
  /** Since how long ago the events are. */
  days: number;
  first: number;
  last: number;
  events: number;
};
