import Link from 'next/link';
import { logHref } from '@/components/audit/log-href';
import { count } from '@/components/overview/words';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { only } from '@/lib/audit/filter/audit-filter';
import { formatDate } from '@/lib/format-time';
import { type DailyEvents, type DayOfEvents, eventsCounted } from '@/lib/overview/daily-events';

type DailyChartProps = DailyEvents & { zone: string };

/** A day that has events is seen, however busy the others are. Percent of the height. */
const leastHeight = 3;

const dayHref = ({ from, to }: DayOfEvents, outcome?: 'failure') =>
  logHref({
    filter: { created: { not: false, range: { from, to } }, ...(outcome && { result: only(outcome) }) },
  });

/** Events per day as bars, failures at their foot; each bar leads to its day in the log. The same as a table below. */
export function DailyChart({ days, capped, zone }: DailyChartProps) {
  const total = sum(days, 'total');
  const most = Math.max(1, ...days.map((day) => day.total));
  const busiest = days.find((day) => day.total === most);
  const [first, last] = [days.at(0), days.at(-1)];
  return (
    <Card aria-labelledby="daily-title">
      <CardHeader
        titleId="daily-title"
        title="Events per day"
        description={
          busiest
            ? `${count(total, 'event')} in ${days.length} days, ${sum(days, 'failed').toLocaleString('en')} failed, most on ${formatDate(busiest.from, zone)}`
            : `No event in ${days.length} days`
        }
        actions={
          first &&
          last && (
            <span className="text-sm text-muted">
              {formatDate(first.from, zone)} – {formatDate(last.from, zone)}
            </span>
          )
        }
      />
      <CardBody className="grid gap-3">
        <ol className="grid grid-cols-7 gap-1.5 sm:grid-cols-14">
          {days.map((day, at) => (
            // A week where there is no room for two: a bar must be wide enough to be hit.
            <li key={day.from.toISOString()} className={at < days.length - 7 ? 'max-sm:hidden' : ''}>
              <Bar day={day} most={most} date={formatDate(day.from, zone)} />
            </li>
          ))}
        </ol>
        <p className="text-sm text-muted sm:hidden">These are the last seven days.</p>
        {capped && first && (
          <p className="text-sm text-muted">
            Only the newest {eventsCounted.toLocaleString('en')} events are counted:{' '}
            {formatDate(first.from, zone)} may lack some, and the days before it are not shown.
          </p>
        )}
        <DailyTable days={days} zone={zone} />
      </CardBody>
    </Card>
  );
}

function Bar({ day, most, date }: { day: DayOfEvents; most: number; date: string }) {
  const heightOf = (events: number) => (events === 0 ? 0 : Math.max(leastHeight, (events / most) * 100));
  const [height, failed] = [heightOf(day.total), heightOf(day.failed)];
  const [dayOfMonth] = date.split(' ');
  const words = `${date}: ${count(day.total, 'event')}, ${day.failed.toLocaleString('en')} failed`;
  return (
    <Link
      href={dayHref(day)}
      prefetch={false}
      className="group block rounded-md text-center text-xs text-muted hover:bg-sunken hover:text-ink"
    >
      <svg className="h-20 w-full" aria-hidden="true">
        <title>{words}</title>
        <rect y={`${100 - height}%`} width="100%" height={`${height}%`} rx="2" className="fill-bar" />
        <rect y={`${100 - failed}%`} width="100%" height={`${failed}%`} rx="2" className="fill-bar-bad" />
        <line x2="100%" y1="100%" y2="100%" className="stroke-line-strong" strokeWidth="2" />
      </svg>
      <span aria-hidden="true" className="block py-1">
        {dayOfMonth}
      </span>
      <span className="sr-only">{words}</span>
    </Link>
  );
}

function DailyTable({ days, zone }: Pick<DailyChartProps, 'days' | 'zone'>) {
  return (
    <details>
      <summary className="cursor-pointer py-0.5 text-sm text-muted hover:text-ink">
        The same as a table
      </summary>
      <table className="mt-2 w-full max-w-100 text-sm">
        <thead>
          <tr className="border-b border-line text-left text-muted">
            <th scope="col" className="py-1.5 font-medium">
              Day
            </th>
            <th scope="col" className="py-1.5 text-right font-medium">
              Events
            </th>
            <th scope="col" className="py-1.5 text-right font-medium">
              Failed
            </th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((day) => (
            <tr key={day.from.toISOString()} className="border-b border-line last:border-0">
              <th scope="row" className="py-1.5 text-left font-normal">
                {formatDate(day.from, zone)}
              </th>
              <td className="py-1.5 text-right">
                <DayLink
                  href={dayHref(day)}
                  events={day.total}
                  what={`Events of ${formatDate(day.from, zone)}`}
                />
              </td>
              <td className="py-1.5 text-right">
                <DayLink
                  href={dayHref(day, 'failure')}
                  events={day.failed}
                  what={`Failed on ${formatDate(day.from, zone)}`}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function DayLink({ href, events, what }: { href: string; events: number; what: string }) {
  if (events === 0) return <>0</>;
  const shown = events.toLocaleString('en');
  return (
    <Link
      href={href}
      prefetch={false}
      aria-label={`${what}: ${shown}`}
      className="inline-block min-w-6 py-0.5 font-medium text-accent underline-offset-4 hover:underline"
    >
      {shown}
    </Link>
  );
}

function sum(days: readonly DayOfEvents[], what: 'total' | 'failed'): number {
  return days.reduce((all, day) => all + day[what], 0);
}
