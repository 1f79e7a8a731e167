import { accept } from '@/lib/siem/delivery/accept';
import type { StreamPosition } from '@/lib/siem/delivery/attempt';
import type { Batch } from '@/lib/siem/delivery/batch';
import { park, probeMs } from '@/lib/siem/delivery/park';
import type { Problem } from '@/lib/siem/delivery/problem';
import { type Decision, type Settlement, unchanged } from '@/lib/siem/delivery/settlement';
import { backoffMs } from '@/lib/siem/splunk/backoff';
import type { Outcome } from '@/lib/siem/splunk/outcome';

export type DecideOptions = {
  /** Spreads retries. */
  readonly random?: (() => number) | undefined;
  /** The batch is a part of one that is being taken apart: its refusal was expected. */
  readonly searching?: boolean;
};

/**
 * What an outcome means for the stream: the one place where a cursor is moved. It moves over an event only when Splunk
 * accepted the event or the event is parked, never because it failed often. Pure but for `random`.
 */
export function decide(
  outcome: Outcome,
  batch: Batch,
  position: StreamPosition,
  { random = Math.random, searching = false }: DecideOptions = {},
): Decision {
  const { cause } = outcome;
  const count = batch.events.length;
  const since = position.problem?.id === cause.id ? position.problem.since : position.now;
  const problem: Problem = { ...cause, since };
  const failed: Settlement = { ...unchanged(position), problem, failing: true };
  const halved = Math.max(1, Math.floor(Math.min(count, position.maxEvents) / 2));
  const again: Settlement = { ...failed, ...retry(position, random) };

  switch (outcome.kind) {
    case 'delivered':
      return { settlement: { ...accept(batch, count, position, cause), slowDown: outcome.slowDown } };
    case 'transient': {
      const maxEvents = outcome.halveBatch ? halved : position.maxEvents;
      const { retryAfterMs } = outcome;
      if (retryAfterMs !== undefined) return { settlement: { ...again, maxEvents, delayMs: retryAfterMs } };
      const atOnce = outcome.immediately && position.attempt === 0;
      // One lost connection is no news; it becomes a state of the stream when the retry fails too.
      if (atOnce) return { settlement: { ...again, maxEvents, delayMs: 0, state: position.state } };
      return { settlement: { ...again, maxEvents } };
    }
    case 'event':
      return { settlement: park(batch, outcome.position, position, problem) };
    case 'bisect': {
      const last = batch.events.at(-1);
      if (count === 1 || !last) return { settlement: park(batch, 0, position, problem) };
      if (!searching && position.attempt < outcome.patience) return { settlement: again };
      return { settlement: failed, suspects: { until: last.seq } };
    }
    case 'size':
      if (count === 1) return { settlement: park(batch, 0, position, problem) };
      return { settlement: { ...failed, maxEvents: halved } };
    case 'config': {
      if (outcome.disableGzip && position.gzip) return { settlement: { ...failed, gzip: false } };
      const progress = outcome.accepted > 0 ? accept(batch, outcome.accepted, position, cause) : failed;
      const patient =
        position.state !== 'blocked' && position.now.getTime() - since.getTime() < outcome.graceMs;
      const { attempt, delayMs } = again;
      return {
        settlement: {
          ...progress,
          problem,
          failing: true,
          attempt,
          state: patient ? 'degraded' : 'blocked',
          delayMs: patient ? delayMs : probeMs,
        },
      };
    }
  }
}

/**
 * One more failure, and the wait before the next attempt. A blocked stream stays blocked: that its probe met trouble of
 * another kind proves nothing about what blocks it.
 */
function retry(
  { state, attempt }: StreamPosition,
  random: () => number,
): Pick<Settlement, 'attempt' | 'state' | 'delayMs'> {
  return {
    attempt: attempt + 1,
    state: state === 'blocked' ? 'blocked' : 'degraded',
    delayMs: backoffMs(attempt + 1, random),
  };
}

/** The token cannot be unsealed: nothing was sent, and nothing can be until it is entered again. */
export function decideUnreadableSecret(position: StreamPosition): Settlement {
  const { problem } = position;
  const since = problem?.id === 'secret_unreadable' ? problem.since : position.now;
  return {
    ...unchanged(position),
    state: 'blocked',
    attempt: position.attempt + 1,
    delayMs: probeMs,
    problem: { id: 'secret_unreadable', since },
    failing: true,
  };
}
