import { setTimeout as sleep } from 'node:timers/promises';
import { SealError } from '@/lib/crypto/seal';
import { type Attempt, beginAttempt } from '@/lib/siem/delivery/attempt';
import { type Batch, readBatch } from '@/lib/siem/delivery/batch';
import type { HecClients } from '@/lib/siem/delivery/clients';
import {
  type Accepted,
  type Decision,
  decide,
  decideDamagedEvent,
  decideUnreadableSecret,
} from '@/lib/siem/delivery/decide';
import { graceAfter } from '@/lib/siem/delivery/grace';
import { remainingSuspects, type Suspects, suspectLimit } from '@/lib/siem/delivery/isolate';
import { acquireLease, type Lease, leaseMs, releaseLease, whileRenewing } from '@/lib/siem/delivery/lease';
import { eventOrigin } from '@/lib/siem/delivery/origin';
import { settle } from '@/lib/siem/delivery/settle';
import type { HecClient } from '@/lib/siem/splunk/client';
import { classify } from '@/lib/siem/splunk/outcome';

/** A batch that Splunk accepted. */
export type Receipt = Accepted & {
  readonly integrationId: string;
  readonly latencyMs: number;
  readonly deliveredAt: Date;
};

export type DrainOptions = {
  /** Names the sender in the lease, for people who look at the table. */
  readonly owner: string;
  readonly clients: HecClients;
  /** Asks to stop: the request under way may finish for `graceMs`, and no other begins. */
  readonly signal?: AbortSignal;
  readonly graceMs?: number;
  /** Told of each batch that Splunk accepted, after it is settled. Must not throw. */
  readonly onReceipt?: (receipt: Receipt) => void;
  readonly leaseMs?: number;
  /** For one request in all. It may exceed the lease, which is renewed meanwhile. */
  readonly deadlineMs?: number;
  readonly random?: () => number;
};

/**
 * Why a drain ended. `not_due`: paused, caught up, waiting for its next attempt, or somebody else sends. `waiting`: the
 * next attempt is for later. `yielded`: the stream was paused, changed, deleted or taken over meanwhile.
 */
export type DrainEnd = 'not_due' | 'caught_up' | 'waiting' | 'yielded' | 'stopped';

/** Splunk Cloud takes more than 10 s at times; giving up earlier makes duplicates (hec.md §5.1). */
const defaultDeadlineMs = 30_000;
/** An orderly stop takes 10 s at most (security.md #47), and the lease has to be released after this. */
const defaultGraceMs = 8_000;
/** The longest rest between two batches of a slowed stream, far below the lease. */
const maxRestMs = 5_000;

/**
 * Sends what waits behind an integration's cursor, batch by batch in seq order with one request at a time, until it has
 * caught up or may not go on. At least once: the cursor moves only together with the receipt of what Splunk accepted, so
 * whatever happens in between is sent again, with the same bytes. Any number of instances may call it at any time: the
 * lease lets one of them send. No transaction and no connection is held while Splunk is asked.
 * Throws only when the database fails; the stream is then as it was before the attempt.
 */
export async function drain(integrationId: string, options: DrainOptions): Promise<DrainEnd> {
  const lease = await acquireLease(integrationId, options.owner, options.leaseMs ?? leaseMs);
  if (!lease) return 'not_due';
  const grace = graceAfter(options.signal, options.graceMs ?? defaultGraceMs);
  try {
    return await sendAll(lease, grace.over, options);
  } finally {
    grace.dispose();
    await releaseLease(lease);
  }
}

async function sendAll(lease: Lease, giveUp: AbortSignal, options: DrainOptions): Promise<DrainEnd> {
  let suspects: Suspects | undefined;
  while (!options.signal?.aborted) {
    const startedAt = performance.now();
    const attempt = await beginAttempt(lease);
    if (!attempt) return 'yielded';
    suspects = remainingSuspects(suspects, attempt.cursor);
    const batch = await nextBatch(attempt, suspects);
    if (!batch) return 'caught_up';

    const result =
      'damaged' in batch
        ? passOver(attempt, batch.damaged)
        : await send(lease, attempt, batch, giveUp, options);
    if (!result) return giveUp.aborted ? 'stopped' : 'yielded';
    const { settlement, latencyMs } = result;
    const deliveredAt = await settle(lease, attempt.cursor, settlement, latencyMs);
    if (!deliveredAt) return 'yielded';

    if (settlement.accepted) {
      options.onReceipt?.({
        ...settlement.accepted,
        integrationId: lease.integrationId,
        latencyMs,
        deliveredAt,
      });
    }
    if (settlement.delayMs > 0) return 'waiting';
    suspects = result.suspects ?? suspects;
    // Resting for as long as the batch took is half the rate.
    if (attempt.slow || settlement.slowDown) await rest(performance.now() - startedAt, options.signal);
  }
  return 'stopped';
}

function nextBatch(attempt: Attempt, suspects: Suspects | undefined) {
  const { cursor, head, state, maxEvents, organizationSlug, index } = attempt;
  if (cursor >= head) return undefined;
  const wanted = suspects ? suspectLimit(suspects, cursor) : maxEvents;
  // A blocked stream is probed with the one event that is next.
  const limit = state === 'blocked' ? 1 : Math.min(wanted, maxEvents);
  return readBatch({ ...attempt, limit }, eventOrigin(organizationSlug, index));
}

type Result = Decision & { readonly latencyMs: number };

/** One request and what it means; undefined when it was abandoned, so that nothing may be concluded from it. */
async function send(
  lease: Lease,
  attempt: Attempt,
  batch: Batch,
  giveUp: AbortSignal,
  { clients, deadlineMs = defaultDeadlineMs, random }: DrainOptions,
): Promise<Result | undefined> {
  const client = openClient(clients, attempt);
  if (!client) return { settlement: decideUnreadableSecret(attempt), latencyMs: 0 };
  const { reply, abandoned } = await whileRenewing(lease, async (lost) => {
    const signal = AbortSignal.any([lost, giveUp]);
    return { reply: await client.send(batch.body, { signal, deadlineMs }), abandoned: signal.aborted };
  });
  // An answer that came in time counts, whoever asked to stop meanwhile.
  if (abandoned && reply.kind === 'failure') return undefined;
  const outcome = classify(reply, { events: batch.events.length, bytes: batch.body.length });
  if (outcome.kind === 'transient' && outcome.renewConnection) client.renew();
  return { ...decide(outcome, batch, attempt, random), latencyMs: reply.latencyMs };
}

function passOver(attempt: Attempt, damaged: bigint): Result {
  return { settlement: decideDamagedEvent(damaged, attempt), latencyMs: 0 };
}

function openClient(clients: HecClients, attempt: Attempt): HecClient | undefined {
  try {
    return clients.for(attempt);
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

async function rest(ms: number, signal: AbortSignal | undefined): Promise<void> {
  // The rejection of an aborted rest says nothing that the loop does not see.
  await sleep(Math.min(ms, maxRestMs), undefined, signal && { signal }).catch(() => undefined);
}
