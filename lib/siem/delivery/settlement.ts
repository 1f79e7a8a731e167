import type { StreamPosition } from '@/lib/siem/delivery/attempt';
import type { Suspects } from '@/lib/siem/delivery/isolate';
import type { Problem } from '@/lib/siem/delivery/problem';
import type { Cause } from '@/lib/siem/splunk/cause';

/** What is written to the stream after an attempt, all of it or nothing. */
export type Settlement = {
  /** The last settled seq: it passes only what Splunk accepted and what is parked. */
  readonly cursor: bigint;
  /** The batch or its beginning, if Splunk accepted any of it. */
  readonly accepted?: Accepted | undefined;
  /** The event that Splunk refuses for its content; it stands behind the accepted ones. */
  readonly parked?: Parked;
  /** Events parked since one was last accepted. */
  readonly parkedInRow: number;
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

/** The position as it is, for a settlement that says what changes. */
export function unchanged(position: StreamPosition): Settlement {
  const { cursor, parkedInRow, state, attempt, maxEvents, gzip, problem } = position;
  return {
    cursor,
    parkedInRow,
    state,
    attempt,
    delayMs: 0,
    maxEvents,
    gzip,
    slowDown: false,
    failing: problem !== undefined,
  };
}

export function answerOf({ httpStatus = 0, hecCode }: Pick<Cause, 'httpStatus' | 'hecCode'>): Answer {
  return { httpStatus, hecCode };
}
