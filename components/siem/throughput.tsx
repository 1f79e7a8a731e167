import { count } from '@/components/overview/words';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { Hatching } from '@/components/ui/hatching';
import { formatDateTime, formatSharedZone, formatTime } from '@/lib/format-time';
import type { HourOfDelivery } from '@/lib/siem/history';

/** Pixels: events stand on the line, failed attempts hang below it, each by a scale of its own. */
const [eventsHeight, failuresHeight] = [72, 22];
/** What is there is seen, however much there was in another hour. */
const leastHeight = 2;
/** Of each hour's room. */
const barShare = 0.72;
/** Of failed attempts only so many are kept. */
const failuresKept = 100;

type ThroughputProps = { hours: readonly HourOfDelivery[]; zone: string };

/** The last 24 hours as bars, in words, and as a table. */
export function Throughput({ hours, zone }: ThroughputProps) {
  return (
    <Card aria-labelledby="throughput">
      <CardHeader titleId="throughput" title="Last 24 hours" description={summary(hours, zone)} />
      <CardBody className="grid gap-3">
        <Chart hours={hours} zone={zone} />
        <HoursTable hours={hours} zone={zone} />
      </CardBody>
    </Card>
  );
}

function summary(hours: readonly HourOfDelivery[], zone: string): string {
  const [events, failures] = [sum(hours, 'events'), sum(hours, 'failures')];
  const most = hours.reduce((a, b) => (b.events > a.events ? b : a), hours[0] ?? emptyHour);
  const delivered =
    events === 0
      ? 'No event was delivered'
      : `${count(events, 'event')} delivered, most (${most.events.toLocaleString('en')}) in the hour from ${clock(most, zone)}`;
  const failed =
    failures === 0
      ? 'no attempt failed'
      : `${failures >= failuresKept ? 'at least ' : ''}${count(failures, 'attempt')} failed`;
  return `${delivered}; ${failed}.`;
}

function Chart({ hours, zone }: ThroughputProps) {
  const scale = (what: 'events' | 'failures', height: number) => {
    const most = Math.max(1, ...hours.map((hour) => hour[what]));
    return (hour: HourOfDelivery) =>
      hour[what] === 0 ? 0 : Math.max(leastHeight, (hour[what] / most) * height);
  };
  const [up, down] = [scale('events', eventsHeight), scale('failures', failuresHeight)];
  const room = 100 / hours.length;
  return (
    <figure className="grid gap-1.5">
      <svg className="w-full" height={eventsHeight + failuresHeight} aria-hidden="true">
        <Hatching id="failed-attempts" />
        {hours.map((hour, at) => {
          const [x, width] = [`${(at + (1 - barShare) / 2) * room}%`, `${barShare * room}%`];
          return (
            <g key={hour.from}>
              <title>{hourWords(hour, zone)}</title>
              <rect x={`${at * room}%`} width={`${room}%`} height="100%" fill="transparent" />
              <rect x={x} width={width} y={eventsHeight - up(hour)} height={up(hour)} className="fill-bar" />
              <rect
                x={x}
                width={width}
                y={eventsHeight}
                height={down(hour)}
                fill="url(#failed-attempts)"
                className="stroke-bar-bad"
              />
            </g>
          );
        })}
        <line x2="100%" y1={eventsHeight} y2={eventsHeight} className="stroke-line-strong" />
      </svg>
      <p aria-hidden="true" className="flex justify-between text-xs text-muted">
        {[0, 6, 12, 18].map((at) => (
          <span key={at}>{hours[at] && clock(hours[at], zone)}</span>
        ))}
        <span>now</span>
      </p>
      <figcaption className="flex flex-wrap gap-x-5 gap-y-1 text-xs text-muted">
        <span className="inline-flex items-center gap-1.5">
          <svg width="10" height="10" aria-hidden="true">
            <rect width="10" height="10" className="fill-bar" />
          </svg>
          events delivered
        </span>
        <span className="inline-flex items-center gap-1.5">
          <svg width="10" height="10" aria-hidden="true">
            <rect width="10" height="10" fill="url(#failed-attempts)" className="stroke-bar-bad" />
          </svg>
          failed attempts, below the line
        </span>
      </figcaption>
    </figure>
  );
}

function HoursTable({ hours, zone }: ThroughputProps) {
  const heading = 'py-1.5 pl-3 text-right font-medium';
  const cell = 'py-1.5 pl-3 text-right tabular-nums';
  return (
    <details>
      <summary className="cursor-pointer py-0.5 text-sm text-muted hover:text-ink">
        The same as a table
      </summary>
      <div className="mt-2 overflow-x-auto">
        <table className="w-full max-w-140 text-sm">
          <thead>
            <tr className="border-b border-line text-muted">
              <th scope="col" className="py-1.5 text-left font-medium">
                Hour from (
                {formatSharedZone(
                  hours.map(({ from }) => new Date(from)),
                  zone,
                )}
                )
              </th>
              <th scope="col" className={heading}>
                Delivered
              </th>
              <th scope="col" className={heading}>
                Failed attempts
              </th>
              <th scope="col" className={heading}>
                Median, ms
              </th>
              <th scope="col" className={heading}>
                p95, ms
              </th>
            </tr>
          </thead>
          <tbody>
            {hours.toReversed().map((hour) => (
              <tr key={hour.from} className="border-b border-line last:border-0">
                <th scope="row" className="py-1.5 text-left font-normal">
                  {formatDateTime(new Date(hour.from), zone, 'minute')}
                </th>
                <td className={cell}>{hour.events.toLocaleString('en')}</td>
                <td className={cell}>{hour.failures.toLocaleString('en')}</td>
                <td className={cell}>{hour.p50Ms?.toLocaleString('en') ?? 'none'}</td>
                <td className={cell}>{hour.p95Ms?.toLocaleString('en') ?? 'none'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

const emptyHour: HourOfDelivery = { from: '', events: 0, failures: 0, p50Ms: null, p95Ms: null };

function sum(hours: readonly HourOfDelivery[], what: 'events' | 'failures'): number {
  return hours.reduce((all, hour) => all + hour[what], 0);
}

function clock({ from }: HourOfDelivery, zone: string): string {
  return formatTime(new Date(from), zone, 'minute');
}

function hourWords(hour: HourOfDelivery, zone: string): string {
  const failed = hour.failures > 0 ? `, ${count(hour.failures, 'failed attempt')}` : '';
  return `From ${clock(hour, zone)}: ${count(hour.events, 'event')}${failed}`;
}
