import { integrationPath } from '@/components/siem/integration-path';

/** What can have been done to parked events by the form that led here. */
export const parkedOutcomes = ['retried', 'all-retried', 'dismissed', 'not-parked'] as const;
export type ParkedOutcome = (typeof parkedOutcomes)[number];

type Place = {
  settled?: boolean;
  /** The number of the last event of the page before. */
  after?: string | undefined;
  done?: ParkedOutcome;
  /** Which event it was done to. */
  seq?: string;
};

/** The address of an integration's parked events. */
export function parkedHref(integrationId: string, { settled, after, done, seq }: Place = {}): string {
  const query = new URLSearchParams();
  if (settled) query.set('show', 'settled');
  if (after) query.set('after', after);
  if (done) query.set('done', done);
  if (seq) query.set('seq', seq);
  const path = integrationPath(integrationId, '/parked');
  return query.size > 0 ? `${path}?${query}` : path;
}
