import { parkedCountLimit, type StreamPosition } from '@/lib/siem/delivery/attempt';
import type { Batch } from '@/lib/siem/delivery/batch';
import type { Suspects } from '@/lib/siem/delivery/isolate';
import type { Problem } from '@/lib/siem/delivery/problem';
import { backoffMs } from '@/lib/siem/splunk/backoff';
import type { Cause } from '@/lib/siem/splunk/cause';
import type { Outcome } from '@/lib/siem/splunk/outcome';

/** What is written to the stream after an attempt, all of it or nothing. */
export type Settlement = {
  /** The last settled seq: it passes only what Splunk accepted and what is parked. */
  readonly cursor: bigint;
  /** The batch or its beginning, if Splunk accepted any of it. */
  readonly accepted?: Accepted | undefined;
  /** The event that Splunk refuses for its content. */
  readonly parked?: Parked;
  readonly state: StreamPosition['state'];
  /** Failed attempts in a row, this one included. */
  readonly attempt: number;
  /** Wait so long before the next attempt. 0: go on at once. */
  readonly delayMs: number;
  readonly maxEvents: number;
  readonly gzip: boolean;
  readonly slowDown: boolean;
  /** Becomes the last error, which stays readable after the recovery. */
  readonly problem?: Problem;
  /** Whether the problem still stands between the stream and Splunk. */
  readonly failing: boolean;
};

export type Accepted = Answer & {
  readonly firstSeq: bigint;
  readonly lastSeq: bigint;
  readonly events: number;
  /** Before compression. */
  readonly bytes: number;
  /** Attempts it took, the successful one included. */
  readonly attempts: number;
};

export type Parked = Answer & { readonly seq: bigint; readonly reason: string };

/** 0 when there was no answer: the event could not even be sent. */
type Answer = { readonly httpStatus: number; readonly hecCode: number | undefined };

export type Decision = { readonly settlement: Settlement; readonly suspects?: Suspects };

/** A blocked stream tries one event this often (hec.md §2.3): whoever mended Splunk need not tell us. */
export const probeMs = 5 * 60_000;

/** The most events of one request (hec.md §5.1). */
const mostEvents = 500;

/**
 * What an outcome means for the stream: the one place where a cursor is moved. It moves over an event only when Splunk
 * accepted the event or the event is parked, never because it failed often. Pure but for `random`, which spreads retries.
 */
export function decide(
  outcome: Outcome,
  batch: Batch,
  position: StreamPosition,
  random: () => number = Math.random,
): Decision {
  const { cause } = outcome;
  const count = batch.events.length;
  const since = position.problem?.id === cause.id ? position.problem.since : position.now;
  const problem: Problem = { ...cause, since };
  const failed: Settlement = { ...unchanged(position), problem, failing: true };
  const halved = Math.max(1, Math.floor(Math.min(count, position.maxEvents) / 2));

  switch (outcome.kind) {
    case 'delivered':
      return { settlement: { ...accept(batch, count, position, cause), slowDown: outcome.slowDown } };
    case 'transient': {
      const atOnce = outcome.immediately && position.attempt === 0;
      const attempt = position.attempt + 1;
      return {
        settlement: {
          ...failed,
          attempt,
          // One lost connection is no news; it becomes a state of the stream when the retry fails too.
          state: atOnce ? position.state : 'degraded',
          delayMs: outcome.retryAfterMs ?? (atOnce ? 0 : backoffMs(attempt, random)),
          maxEvents: outcome.halveBatch ? halved : position.maxEvents,
        },
      };
    }
    case 'event':
      return { settlement: park(batch, outcome.position, position, problem) };
    case 'bisect': {
      const last = batch.events.at(-1);
      if (count === 1 || !last) return { settlement: park(batch, 0, position, problem) };
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
      const attempt = position.attempt + 1;
      return {
        settlement: {
          ...progress,
          problem,
          failing: true,
          attempt,
          state: patient ? 'degraded' : 'blocked',
          delayMs: patient ? backoffMs(attempt, random) : probeMs,
        },
      };
    }
  }
}

/** The token cannot be unsealed: nothing was sent, and nothing can be until it is entered again. */
export function decideUnreadableSecret(position: StreamPosition): Settlement {
  return {
    ...unchanged(position),
    state: 'blocked',
    attempt: position.attempt + 1,
    delayMs: probeMs,
    problem: { id: 'secret_unreadable', since: position.problem?.since ?? position.now },
    failing: true,
  };
}

/** The event is passed over because its record cannot be sent as it is; see {@link park} for the others. */
export function decideDamagedEvent(seq: bigint, position: StreamPosition): Settlement {
  const reason = 'The stored record is missing or damaged and cannot be sent. Verify the audit log.';
  return {
    ...unchanged(position),
    cursor: seq,
    parked: { seq, reason, httpStatus: 0, hecCode: undefined },
  };
}

function unchanged({ cursor, state, attempt, maxEvents, gzip, problem }: StreamPosition): Settlement {
  return {
    cursor,
    state,
    attempt,
    delayMs: 0,
    maxEvents,
    gzip,
    slowDown: false,
    failing: problem !== undefined,
  };
}

/** The first `count` events of the batch are in Splunk. */
function accept(batch: Batch, count: number, position: StreamPosition, cause: Cause): Settlement {
  const accepted = beginning(batch, count, position, cause);
  // A batch that filled its limit proves that there is room for a little more: back to 500 in some fifty such batches,
  // and where the receiver's limit lasts only about every eighth attempt is refused.
  const full = count >= position.maxEvents;
  const grown = Math.min(mostEvents, position.maxEvents + Math.max(1, Math.floor(position.maxEvents / 10)));
  return {
    ...unchanged(position),
    accepted,
    cursor: accepted?.lastSeq ?? position.cursor,
    state: 'healthy',
    attempt: 0,
    maxEvents: full ? grown : position.maxEvents,
    failing: false,
  };
}

function beginning(
  batch: Batch,
  count: number,
  { attempt }: StreamPosition,
  cause: Pick<Cause, 'httpStatus' | 'hecCode'>,
): Accepted | undefined {
  const first = batch.events[0];
  const last = batch.events[count - 1];
  if (!first || !last) return undefined;
  return {
    ...answerOf(cause),
    firstSeq: first.seq,
    lastSeq: last.seq,
    events: count,
    bytes: last.end,
    attempts: attempt + 1,
  };
}

function answerOf({ httpStatus = 0, hecCode }: Pick<Cause, 'httpStatus' | 'hecCode'>): Answer {
  return { httpStatus, hecCode };
}

/**
 * What stands before the event is in, the event itself is parked, and the stream goes on. When event after event is
 * refused the fault is not theirs: then the stream is blocked and passes one event per probe, so it is neither emptied
 * into the parking place nor stuck behind one bad event.
 */
function park(batch: Batch, index: number, position: StreamPosition, problem: Problem): Settlement {
  const refused = batch.events[index];
  if (!refused) throw new RangeError(`no event stands at position ${index} of ${batch.events.length}`);
  const hopeless = index === 0 && position.parkedInRow + 1 >= parkedCountLimit;
  return {
    ...unchanged(position),
    accepted: beginning(batch, index, position, problem),
    cursor: refused.seq,
    parked: { seq: refused.seq, reason: reasonOf(problem), ...answerOf(problem) },
    problem,
    state: hopeless ? 'blocked' : 'healthy',
    attempt: hopeless ? position.attempt + 1 : 0,
    delayMs: hopeless ? probeMs : 0,
    failing: hopeless,
  };
}

/** Splunk's own words where it gave some. */
function reasonOf({ hecText, id, httpStatus }: Problem): string {
  if (hecText) return hecText;
  if (id === 'too_large') return 'The event is larger than the receiver takes.';
  return `The receiver refused the event without a reason (HTTP ${httpStatus}).`;
}
