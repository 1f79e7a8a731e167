import type { Answer } from '@/splunk/simulator/answer';
import type { Interference } from '@/splunk/simulator/interference';
import type { Wire } from '@/splunk/simulator/send';

/** What a fault comes down to for one request. Nothing set is honest behaviour. */
export type Effect = {
  /** Resets the connection at this moment, instead of answering. */
  readonly reset?: 'beforeRead' | 'midRequest' | 'afterRead';
  /** What becomes of the events: taken at once (when absent), not at all, or when the delay is over. */
  readonly events?: 'discarded' | 'late';
  readonly interference?: Interference;
  /** Between the events and the answer; `Infinity` never answers. */
  readonly delayMs?: number;
  /** Takes the place of the honest answer, which is undefined when the events were discarded. */
  readonly answer?: (honest: Answer | undefined) => Answer | undefined;
  /** How the answer gets onto the wire. */
  readonly wire?: Wire;
};
