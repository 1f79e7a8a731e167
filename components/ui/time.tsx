import { formatDate, formatDateTime, formatOffset, formatTime, type Precision } from '@/lib/format-time';

type TimeProps = {
  value: Date;
  /** IANA name, from the user's preference. */
  zone: string;
  show?: 'date-time' | 'date' | 'time';
  precision?: Precision;
  /** Adds `+01:00`, where no heading names the zone. */
  withOffset?: boolean;
  className?: string;
};

/** An instant in the user's zone; machines, and the pointer that rests on it, get UTC. */
export function Time({
  value,
  zone,
  show = 'date-time',
  precision = 'second',
  withOffset,
  className,
}: TimeProps) {
  const text = {
    'date-time': () => formatDateTime(value, zone, precision),
    date: () => formatDate(value, zone),
    time: () => formatTime(value, zone, precision),
  }[show]();
  const utc = value.toISOString();

  return (
    <time dateTime={utc} title={utc} className={className}>
      {text}
      {withOffset && ` ${formatOffset(value, zone)}`}
    </time>
  );
}
