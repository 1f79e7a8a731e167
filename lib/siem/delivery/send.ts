import { SealError } from '@/lib/crypto/seal';
import type { Attempt } from '@/lib/siem/delivery/attempt';
import type { HecClients } from '@/lib/siem/delivery/clients';
import { decide, decideUnreadableSecret } from '@/lib/siem/delivery/decide';
import type { Prepared } from '@/lib/siem/delivery/look-ahead';
import { renewChannel } from '@/lib/siem/delivery/renew-channel';
import type { Tried } from '@/lib/siem/delivery/settle';
import type { Decision } from '@/lib/siem/delivery/settlement';
import type { Turn } from '@/lib/siem/delivery/turn';
import type { HecClient } from '@/lib/siem/splunk/client';
import { classify, type Outcome } from '@/lib/siem/splunk/outcome';

export type SendOptions = {
  readonly clients: HecClients;
  /** Cuts the request. */
  readonly signal: AbortSignal;
  readonly turn: Turn;
  /** For one request in all; it ends before the lease does in any case. */
  readonly deadlineMs?: number;
  readonly random?: () => number;
  readonly searching?: boolean;
};

/** What an attempt came to. Without an outcome nothing was sent. */
export type Result = Decision & Tried & { readonly outcome?: Outcome };

/** Splunk Cloud takes more than 10 s at times; giving up earlier makes duplicates (hec.md §5.1). */
const defaultDeadlineMs = 30_000;

/** One request and what it means for the stream; `abandoned` when nothing may be concluded from it. */
export async function send(
  attempt: Attempt,
  { batch, payload }: Prepared,
  { clients, signal, turn, deadlineMs = defaultDeadlineMs, random, searching = false }: SendOptions,
): Promise<Result | 'abandoned'> {
  const client = openClient(clients, attempt);
  if (!client) return { settlement: decideUnreadableSecret(attempt), batch: undefined, latencyMs: 0 };
  const ended = turn.request();
  const reply = await client.send(payload, { signal, deadlineMs }).finally(ended);
  // An answer that came in time counts, whoever asked to stop meanwhile.
  if (signal.aborted && reply.kind === 'failure') return 'abandoned';
  const outcome = classify(reply, { events: batch.events.length, bytes: batch.body.length });
  // Behind a balancer another node may know better what one of them refuses.
  if (outcome.kind === 'config' || (outcome.kind === 'transient' && outcome.renewConnection)) client.renew();
  if (outcome.kind === 'transient' && outcome.renewChannel) await renewChannel(attempt);
  const decision = decide(outcome, batch, attempt, { random, searching });
  return { ...decision, outcome, batch, latencyMs: reply.latencyMs };
}

function openClient(clients: HecClients, attempt: Attempt): HecClient | undefined {
  try {
    return clients.for(attempt);
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}
