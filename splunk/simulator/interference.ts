import type { Answer } from '@/splunk/simulator/answer';
import type { Change } from '@/splunk/simulator/change';
import type { HecCode } from '@/splunk/simulator/codes';
import type { Limits } from '@/splunk/simulator/limits';

/** How a fault bends Splunk's own processing of one request. Nothing set is honest processing. */
export type Interference = {
  /** This node has never heard of the token (stage 9). */
  readonly tokenUnknown?: boolean;
  /** In place of the configured limits. */
  readonly limits?: Change<Limits>;
  /** There is no room for the request (stage 17, and `/health`). */
  readonly refusal?: Answer;
  /** Fails the object at a position for no reason of its own, with this code. */
  readonly failAt?: (position: number, object: Uint8Array) => HecCode | undefined;
};
