import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '@/lib/log';
import { type Attempt, beginAttempt } from '@/lib/siem/delivery/attempt';
import { graceAfter } from '@/lib/siem/delivery/grace';
import { remainingSuspects, type Suspects, suspectLimit } from '@/lib/siem/delivery/isolate';
import { acquireLease, type Lease, leaseMs, releaseLease } from '@/lib/siem/delivery/lease';
import { LookAhead, prepare } from '@/lib/siem/delivery/look-ahead';
import { attemptMade, leaseTaken } from '@/lib/siem/delivery/measure';
import { parkDamaged } from '@/lib/siem/delivery/park';
import { type Result, type SendOptions, send } from '@/lib/siem/delivery/send';
import { mostRetried, sendRetries } from '@/lib/siem/delivery/send-retries';
import { settle } from '@/lib/siem/delivery/settle';
import type { Accepted } from '@/lib/siem/delivery/settlement';
import { Tenure } from '@/lib/siem/delivery/tenure';
import { ownTurn, type Turn } from '@/lib/siem/delivery/turn';

/** A batch that Splunk accepted. */
export type Receipt = Accepted & {
  readonly integrationId: string;
  readonly latencyMs: number;
  readonly deliveredAt: Date;
};

export type DrainOptions = Pick<SendOptions, 'clients' | 'deadlineMs' | 'random'> & {
  /** Names the sender in the lease, for people who look at the table. */
  readonly owner: string;
  /** Asks to stop: the request under way may finish for `graceMs`, and no other begins. */
  readonly signal?: AbortSignal;
  readonly graceMs?: number;
  /** Told of each batch that Splunk accepted, after it is settled. Must not throw. */
  readonly onReceipt?: (receipt: Receipt) => void;
  readonly leaseMs?: number;
  /** The stream's place among the others of this process; its own unless given. */
  readonly turn?: Turn;
};

/**
 * Why a drain ended. `not_due`: paused, caught up, waiting for its next attempt, or somebody else sends. `waiting`: the
 * next attempt is for later. `turn_over`: there is more to send, but others want the place. `yielded`: the stream was
 * paused, changed, deleted or taken over meanwhile, or the lease could not be kept.
 */
export type DrainEnd = 'not_due' | 'caught_up' | 'waiting' | 'turn_over' | 'yielded' | 'stopped';

/** An orderly stop takes 10 s at most (security.md #47), and the lease has to be released after this. */
const defaultGraceMs = 8_000;
/** The longest rest between two batches of a slowed stream, far below the lease. */
const maxRestMs = 5_000;

/**
 * Sends what waits behind an integration's cursor, batch by batch in seq order with one request at a time, until it has
 * caught up or may not go on; between two batches also parked events that an admin wants to be tried again. At least once:
 * the cursor moves only together with the receipt of what Splunk accepted, so whatever happens in between is sent again,
 * with the same bytes. Any number of instances may call it at any time: the lease lets one of them send. No transaction
 * and no connection is held while Splunk is asked. Holds three batches in memory at most.
 * Throws only when the database fails; the stream is then as it was before the attempt.
 */
export async function drain(integrationId: string, options: DrainOptions): Promise<DrainEnd> {
  const sinceMs = performance.now();
  const lease = await acquireLease(integrationId, options.owner, options.leaseMs ?? leaseMs);
  if (!lease) return 'not_due';
  leaseTaken(lease);
  const grace = graceAfter(options.signal, options.graceMs ?? defaultGraceMs);
  const tenure = new Tenure(lease, sinceMs);
  try {
    return await new Drain(lease, tenure, grace.over, options).run();
  } finally {
    tenure.end();
    grace.dispose();
    await releaseLease(lease);
  }
}

class Drain {
  readonly #lookAhead = new LookAhead();
  /** Aborts the request under way. */
  readonly #cut: AbortSignal;
  readonly #turn: Turn;
  #suspects: Suspects | undefined;
  /** Parked events have their turn after a batch, not before every one. */
  #retryNext = true;
  #retryLimit = mostRetried;

  constructor(
    readonly lease: Lease,
    readonly tenure: Tenure,
    readonly giveUp: AbortSignal,
    readonly options: DrainOptions,
  ) {
    this.#cut = AbortSignal.any([tenure.lost, giveUp]);
    this.#turn = options.turn ?? ownTurn;
  }

  async run(): Promise<DrainEnd> {
    const { signal } = this.options;
    let attempt = await this.#begin();
    while (!signal?.aborted) {
      if (!attempt) return 'yielded';
      if (this.#turn.isOver()) return 'turn_over';
      const startedMs = performance.now();
      const result = await this.#tryNext(attempt);
      if (result === 'nothing') return 'caught_up';
      if (result === 'abandoned') return this.giveUp.aborted ? 'stopped' : 'yielded';

      const settledMs = performance.now();
      const { settlement, suspects } = result;
      const settled = await settle(this.lease, attempt, settlement, result);
      if (!settled) return 'yielded';
      this.tenure.renewedSince(settledMs);
      this.#report(result, settled.at);
      if (settlement.delayMs > 0) return 'waiting';
      this.#suspects = suspects ?? this.#suspects;
      // Resting for as long as the batch took is half the rate.
      if (attempt.slow || settlement.slowDown) await rest(performance.now() - startedMs, signal);
      // The statement that settled a retry did not see its own work.
      attempt = result.retry ? await this.#begin() : settled.next;
    }
    return 'stopped';
  }

  async #begin(): Promise<Attempt | undefined> {
    const sinceMs = performance.now();
    const attempt = await beginAttempt(this.lease);
    if (attempt) this.tenure.renewedSince(sinceMs);
    return attempt;
  }

  async #tryNext(attempt: Attempt): Promise<Result | 'nothing' | 'abandoned'> {
    if (attempt.retrying && (this.#retryNext || attempt.cursor >= attempt.head)) {
      this.#retryNext = false;
      return this.#retry(attempt);
    }
    this.#retryNext = true;
    if (attempt.cursor >= attempt.head) return 'nothing';
    this.#suspects = remainingSuspects(this.#suspects, attempt.cursor);
    const limit = limitOf(attempt, this.#suspects);
    const next = (await this.#lookAhead.take(attempt, limit)) ?? (await prepare(attempt, limit));
    if ('damaged' in next) {
      return { settlement: parkDamaged(next.damaged, attempt), batch: undefined, latencyMs: 0 };
    }
    const mayFollow = attempt.state === 'healthy' && !this.#suspects && this.#turn.mayLookAhead();
    if (mayFollow) this.#lookAhead.begin(attempt, next.batch);
    return send(attempt, next, { ...this.#sendOptions, searching: this.#suspects !== undefined });
  }

  async #retry(attempt: Attempt): Promise<Result | 'abandoned'> {
    const result = await sendRetries(attempt, this.#retryLimit, this.#sendOptions);
    if (result === 'abandoned') return result;
    const { accepted, parked, problem } = result.settlement;
    // Refused as a whole: one by one the bad ones are found.
    if (problem && !accepted && !parked) this.#retryLimit = 1;
    return result;
  }

  get #sendOptions(): SendOptions {
    return { ...this.options, signal: this.#cut, turn: this.#turn };
  }

  #report(result: Result, deliveredAt: Date): void {
    const integrationId = this.lease.id;
    attemptMade(integrationId, result, deliveredAt);
    const { accepted, parked, problem } = result.settlement;
    if (parked) {
      const { seq, reason } = parked;
      log.warn(
        { integrationId, seq, reason, cause: problem },
        'an event is parked: it could not be delivered',
      );
    }
    if (!accepted || result.retry) return;
    this.options.onReceipt?.({ ...accepted, integrationId, latencyMs: result.latencyMs, deliveredAt });
  }
}

/** A blocked stream is probed with the one event that is next. */
function limitOf({ state, cursor, maxEvents }: Attempt, suspects: Suspects | undefined): number {
  if (state === 'blocked') return 1;
  return suspects ? Math.min(suspectLimit(suspects, cursor), maxEvents) : maxEvents;
}

async function rest(ms: number, signal: AbortSignal | undefined): Promise<void> {
  // The rejection of an aborted rest says nothing that the loop does not see.
  await sleep(Math.min(ms, maxRestMs), undefined, signal && { signal }).catch(() => undefined);
}
