import type { AttentionItem, Reader } from '@/components/overview/attention';
import { count } from '@/components/overview/words';
import type { StreamBrief } from '@/lib/siem/streams';

const siem = '/settings/siem';

/** What an admin has to know of the streams to Splunk; nothing while all of them flow. */
export function streamItems(
  streams: readonly StreamBrief[] | undefined,
  { mayManageSiem }: Reader,
): AttentionItem[] {
  if (streams?.length === 0) {
    return [
      {
        tone: 'info',
        sentence: 'No events leave this server yet.',
        note: 'With a Splunk integration each one is forwarded as it happens.',
        href: mayManageSiem ? `${siem}/splunk/new` : siem,
        link: mayManageSiem ? 'Add a Splunk integration' : 'SIEM',
      },
    ];
  }
  return (streams ?? []).flatMap((stream) => {
    const to = { href: `${siem}/splunk/${stream.id}`, link: stream.name };
    const state = stateOf(stream, mayManageSiem);
    const parked: AttentionItem[] =
      stream.parked === 0
        ? []
        : [
            {
              ...to,
              tone: 'warn',
              sentence: `${stream.name} refused ${count(stream.parked, 'event')} for what ${stream.parked === 1 ? 'it holds' : 'they hold'}.`,
              note: 'The audit log keeps them, and the stream went on.',
            },
          ];
    return [...(state ? [{ ...to, ...state }] : []), ...parked];
  });
}

/** The cause may name the host, which is for those who may change it. */
function stateOf(stream: StreamBrief, withCause: boolean): Omit<AttentionItem, 'href' | 'link'> | undefined {
  const { state, name, waiting, pausedBy } = stream;
  const cause = withCause && stream.cause ? `: ${stream.cause.message}.` : '.';
  const waits = `${count(waiting, 'event')} ${waiting === 1 ? 'waits' : 'wait'}; nothing is lost.`;
  switch (state) {
    case 'blocked':
      return { tone: 'bad', sentence: `Sending to ${name} has stopped${cause}`, note: waits };
    case 'degraded':
      return { tone: 'warn', sentence: `${name} does not answer as it should${cause}`, note: waits };
    case 'paused':
      return {
        tone: 'info',
        sentence: `Sending to ${name} is paused${pausedBy ? ` by ${pausedBy}` : ''}.`,
        note: waits,
      };
    default:
      return undefined;
  }
}
