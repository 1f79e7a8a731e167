import { count } from '@/components/overview/words';
import { Notice } from '@/components/ui/notice';
import { Time } from '@/components/ui/time';
import type { IntegrationStatus } from '@/lib/siem/status';

type Alarm = NonNullable<IntegrationStatus['unaccounted']>;

/** The alarm of the reconciler: which events, since when, what it means and what to do about it. */
export function StreamAlarm({ alarm, zone }: { alarm: Alarm; zone: string }) {
  const { meaning, cure } = words[alarm.kind];
  return (
    <Notice tone="bad" title={`The events do not add up: ${rangeOf(alarm)}`}>
      {meaning} {cure} Found <Time value={new Date(alarm.foundAt)} zone={zone} withOffset />.
    </Notice>
  );
}

const words: Record<Alarm['kind'], { meaning: string; cure: string }> = {
  skipped: {
    meaning: 'The stream has passed them, and nothing proves that Splunk has them.',
    cure: 'Replay the time of that range; the alarm ends within half a minute after. Then find out who changed the database.',
  },
  beyond_log: {
    meaning: 'The stream stands behind the end of the log, so as many events to come would be skipped.',
    cure: 'Usually a backup was restored. The runbook says how to set the position back.',
  },
  rewound: {
    meaning: 'The stream was set back before events that Splunk has already.',
    cure: 'Nothing to do: they are sent again, and event_id removes the doubles.',
  },
};

function rangeOf({ firstSeq, lastSeq, events }: Alarm): string {
  if (firstSeq === lastSeq) return `No. ${firstSeq}`;
  return `${count(Number(events), 'event')} of No. ${firstSeq} to ${lastSeq}`;
}
