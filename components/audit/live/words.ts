import type { LiveEnd } from '@/components/audit/live/use-live';
import type { CountingEnd } from '@/components/audit/live/use-new-events';

const reasons: Record<LiveEnd, string> = {
  scrolled: 'you scrolled down',
  opened: 'you opened an event',
  hidden: 'this page was out of sight',
  lost: 'the connection was lost',
  'ten-minutes': 'this page has been open for ten minutes',
  'signed-out': 'you are signed out',
  'too-slow': 'these filters take too long',
  'too-many': 'you have this page open too often',
  unreachable: 'the server does not answer',
};

type State = { count: number; limit: number; on: boolean; stopped?: LiveEnd; ended?: CountingEnd };

/** What the reader is told of new events; nothing when there is nothing to tell. */
export function liveWords({ count, limit, on, stopped, ended }: State): string {
  if (on) return '';
  if (stopped && (ended || count === 0)) return `Live stopped, because ${reasons[ended ?? stopped]}.`;
  if (ended) return `New events are no longer counted, because ${reasons[ended]}.`;
  const counted = countWords(count, limit);
  return stopped ? `Live stopped, because ${reasons[stopped]}. ${counted} since.` : counted;
}

function countWords(count: number, limit: number): string {
  if (count === 0) return '';
  if (count === 1) return '1 new event';
  return `${count > limit ? `${limit}+` : count} new events`;
}

/** "3 events arrived": what Live has added since it was turned on. */
export function arrivedWords(arrived: number): string {
  return `Live. ${arrived === 1 ? '1 event' : `${arrived} events`} arrived.`;
}
