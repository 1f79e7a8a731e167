import { integrationPath } from '@/components/siem/integration-path';

/** What can have been done to a replay by the form that led here. */
export const replayOutcomes = ['started', 'paused', 'resumed', 'cancelled'] as const;
export type ReplayOutcome = (typeof replayOutcomes)[number];

type Place = {
  done?: ReplayOutcome;
  /** The range to look at, as wall-clock times of the reader. */
  from?: string;
  to?: string;
};

/** The address of an integration's replays. */
export function replayHref(integrationId: string, place: Place = {}): string {
  const query = new URLSearchParams(place);
  const path = integrationPath(integrationId, '/replay');
  return query.size > 0 ? `${path}?${query}` : path;
}
