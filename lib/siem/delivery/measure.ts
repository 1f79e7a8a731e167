import { meter } from '@/lib/metrics';
import type { Lease } from '@/lib/siem/delivery/lease';
import type { Result } from '@/lib/siem/delivery/send';

// Names and meanings: docs/metrics.md.

const delivered = meter('tracekeep_siem_events_delivered_total', 'Events that Splunk accepted.');
const parked = meter('tracekeep_siem_events_parked_total', 'Events that were parked.');
const attempts = meter('tracekeep_siem_attempts_total', 'Requests to Splunk by what came of them.');
const batchEvents = meter(
  'tracekeep_siem_batch_events',
  'Events of an accepted batch.',
  [1, 2, 5, 10, 25, 50, 100, 250, 500],
);
const requestSeconds = meter(
  'tracekeep_siem_request_seconds',
  'From the beginning of a request to its answer, or to the end of the waiting for one.',
  [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
);
const lagSeconds = meter(
  'tracekeep_siem_delivery_seconds',
  'From an event, the last one of its batch, to the answer that accepted it.',
  [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 3_600, 86_400],
);
const takeovers = meter(
  'tracekeep_siem_lease_takeovers_total',
  'Leases taken over from a sender that let them run out: it crashed, or froze.',
);
const replayed = meter(
  'tracekeep_siem_replayed_events_total',
  'Events that Splunk accepted once more in a replay.',
);

/** Counts an attempt that is settled. */
export function attemptMade(integration: string, result: Result, deliveredAt: Date): void {
  const { outcome, batch, latencyMs, settlement } = result;
  if (outcome) countRequest(integration, outcome, latencyMs);
  if (settlement.parked) parked.add({ integration });
  const { accepted } = settlement;
  if (!accepted) return;
  delivered.add({ integration }, accepted.events);
  batchEvents.add({}, accepted.events);
  const last = result.retry ? undefined : batch?.events[accepted.events - 1];
  if (last) {
    lagSeconds.add({ integration }, Math.max(0, deliveredAt.getTime() - last.occurredMs) / 1_000);
  }
}

/** Counts an attempt of a replay; its events are no news, so they count apart. */
export function replayAttemptMade(
  integration: string,
  result: Pick<Result, 'outcome' | 'latencyMs'>,
  events: number,
) {
  if (result.outcome) countRequest(integration, result.outcome, result.latencyMs);
  replayed.add({ integration }, events);
}

function countRequest(
  integration: string,
  { kind, cause }: NonNullable<Result['outcome']>,
  latencyMs: number,
): void {
  attempts.add({ integration, outcome: kind, cause: cause.id });
  requestSeconds.add({ integration }, latencyMs / 1_000);
}

export function leaseTaken({ takenOver, place }: Lease): void {
  if (takenOver) takeovers.add({ place });
}

type Load = { readonly sending: number; readonly queued: number };

// The route that tells it lives in another bundle than the streamer.
const key = Symbol.for('tracekeep.siem-load');
const registry = globalThis as typeof globalThis & { [key]?: () => Load };

/** Makes a streamer's load known to this process. Returns a function that ends that. */
export function measureLoad(read: () => Load): () => void {
  registry[key] = read;
  return () => {
    if (registry[key] === read) delete registry[key];
  };
}

/** How many streams this process sends, and how many wait for a place; undefined when it does not stream. */
export function currentLoad(): Load | undefined {
  return registry[key]?.();
}
