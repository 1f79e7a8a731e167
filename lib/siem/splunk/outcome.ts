import { answerOutcome } from '@/lib/siem/splunk/answer-outcome';
import type { Cause } from '@/lib/siem/splunk/cause';
import { failureOutcome } from '@/lib/siem/splunk/failure-outcome';
import type { HecReply } from '@/lib/siem/splunk/reply';

/** The batch that was sent: how many events, and its size before compression. */
export type SentBatch = { readonly events: number; readonly bytes: number };

/** What an attempt means for the stream. Positions count from 0 within the batch. */
export type Outcome = { readonly cause: Cause } & (
  | {
      readonly kind: 'delivered';
      /** Splunk warns that its queue is filling: halve the rate for a minute. */
      readonly slowDown: boolean;
    }
  | {
      readonly kind: 'transient';
      /** What the other side asked for, clamped to 1 s … 15 min. Without it: the usual backoff. */
      readonly retryAfterMs?: number;
      /** The connection may be glued to a sick node: open a new one. */
      readonly renewConnection: boolean;
      /** The batch may be in Splunk already: sending it again may duplicate it. */
      readonly ambiguous: boolean;
      readonly halveBatch: boolean;
      /** The channel holds as many unasked acknowledgements as Splunk keeps: send on another one. */
      readonly renewChannel: boolean;
      /** The first failure of this kind in a row may be retried at once; the following ones wait. */
      readonly immediately: boolean;
    }
  | {
      readonly kind: 'event';
      /** The events before the refused one are in. Always equal to `position`. */
      readonly accepted: number;
      readonly position: number;
    }
  | {
      /** One of at least two events is refused, but not which: send halves until it stands alone. */
      readonly kind: 'bisect';
      /** So many failed attempts are retried whole before the batch is taken apart: the answer may be nobody's fault. */
      readonly patience: number;
    }
  | {
      /** The request is too large: halve the batch; a lone event is parked. */
      readonly kind: 'size';
    }
  | {
      readonly kind: 'config';
      /** So many events from the start of the batch are in. */
      readonly accepted: number;
      /** Keep retrying as if transient for so long before the stream is blocked; 0 blocks at once. */
      readonly graceMs: number;
      /** Send uncompressed from now on and retry at once; block only if that was the case already. */
      readonly disableGzip?: boolean;
    }
);

/**
 * What an attempt means: every row of hec.md §2.3, and §2.2 for partly accepted batches. Pure but for the clock that an
 * absolute `Retry-After` is compared with. Never answers `delivered` for anything that HEC did not accept in full.
 */
export function classify(reply: HecReply, batch: SentBatch, nowMs: number = Date.now()): Outcome {
  return reply.kind === 'failure' ? failureOutcome(reply) : answerOutcome(reply, batch, nowMs);
}
