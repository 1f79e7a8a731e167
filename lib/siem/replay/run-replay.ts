import { setTimeout as sleep } from 'node:timers/promises';
import { db } from '@/lib/db/client';
import type { DrainOptions } from '@/lib/siem/delivery/drain';
import { graceAfter } from '@/lib/siem/delivery/grace';
import { remainingSuspects, type Suspects, suspectLimit } from '@/lib/siem/delivery/isolate';
import { acquireLease, type Lease, leaseMs, milliseconds, releaseLease } from '@/lib/siem/delivery/lease';
import { prepare } from '@/lib/siem/delivery/look-ahead';
import { leaseTaken, replayAttemptMade } from '@/lib/siem/delivery/measure';
import { parkDamaged } from '@/lib/siem/delivery/park';
import { type Result, type SendOptions, send } from '@/lib/siem/delivery/send';
import { Tenure } from '@/lib/siem/delivery/tenure';
import { ownTurn } from '@/lib/siem/delivery/turn';
import { beginReplayAttempt, type ReplayAttempt } from '@/lib/siem/replay/replay-attempt';
import { settleReplay } from '@/lib/siem/replay/settle-replay';

/** `waiting`: its next attempt is for later, or the live stream goes first. The others as of a drain. */
export type ReplayEnd = 'not_due' | 'finished' | 'waiting' | 'turn_over' | 'yielded' | 'stopped';

/** How long a replay stands back before it looks at the live stream again. Milliseconds. */
const standBackMs = 1_000;
const graceMs = 8_000;

/**
 * Sends a replay's range from where it stands, batch by batch at its own rate: the same bytes and ids as before, with a
 * cursor, a lease and failures of its own, so that it neither delays nor blocks the live stream. Before each batch it looks
 * whether that one is well and not behind. Throws only when the database fails.
 */
export async function runReplay(id: string, options: DrainOptions): Promise<ReplayEnd> {
  const sinceMs = performance.now();
  const lease = await acquireLease(id, options.owner, options.leaseMs ?? leaseMs, 'replay');
  if (!lease) return 'not_due';
  leaseTaken(lease);
  const grace = graceAfter(options.signal, options.graceMs ?? graceMs);
  const tenure = new Tenure(lease, sinceMs);
  const cut = AbortSignal.any([tenure.lost, grace.over]);
  try {
    const end = await sendRange(lease, tenure, cut, options);
    return end === 'yielded' && grace.over.aborted ? 'stopped' : end;
  } finally {
    tenure.end();
    grace.dispose();
    await releaseLease(lease);
  }
}

async function sendRange(
  lease: Lease,
  tenure: Tenure,
  cut: AbortSignal,
  options: DrainOptions,
): Promise<ReplayEnd> {
  const { signal, turn = ownTurn } = options;
  let parkedInRow = 0;
  let suspects: Suspects | undefined;
  while (!signal?.aborted) {
    const startedMs = performance.now();
    const attempt = await beginReplayAttempt(lease);
    if (!attempt) return 'yielded';
    tenure.renewedSince(startedMs);
    if (!attempt.mayGoOn) return standBack(lease);
    if (turn.isOver()) return 'turn_over';

    suspects = remainingSuspects(suspects, attempt.cursor);
    const sendOptions = { ...options, turn, signal: cut, searching: suspects !== undefined };
    const result = await sendNext({ ...attempt, parkedInRow }, suspects, sendOptions);
    if (result === 'abandoned') return 'yielded';
    const state = await settleReplay(lease, attempt, result);
    if (!state) return 'yielded';
    const { settlement } = result;
    replayAttemptMade(attempt.integrationId, result, settlement.accepted?.events ?? 0);
    if (state === 'finished') return 'finished';
    if (state !== 'running') return 'yielded';
    if (settlement.delayMs > 0) return 'waiting';
    parkedInRow = settlement.parkedInRow;
    suspects = result.suspects ?? suspects;
    const dueMs = (Number(settlement.cursor - attempt.cursor) / attempt.eventsPerSecond) * 1_000;
    await rest(dueMs * (attempt.slow ? 2 : 1) - (performance.now() - startedMs), signal);
  }
  return 'stopped';
}

async function sendNext(
  attempt: ReplayAttempt,
  suspects: Suspects | undefined,
  options: SendOptions,
): Promise<Result | 'abandoned'> {
  const next = await prepare(attempt, limitOf(attempt, suspects));
  if ('damaged' in next) {
    return { settlement: parkDamaged(next.damaged, attempt), batch: undefined, latencyMs: 0 };
  }
  return send(attempt, next, options);
}

/** After a failure one event is enough to see whether it is over. */
function limitOf(attempt: ReplayAttempt, suspects: Suspects | undefined): number {
  const { cursor, head, maxEvents, eventsPerSecond } = attempt;
  const most = Math.min(maxEvents, eventsPerSecond, Number(head - cursor));
  if (suspects) return Math.min(suspectLimit(suspects, cursor), most);
  return attempt.attempt > 0 ? 1 : most;
}

async function standBack({ id, epoch }: Lease): Promise<ReplayEnd> {
  await db().$executeRaw`
    UPDATE siem_replay SET next_attempt_at = clock_timestamp() + ${milliseconds(standBackMs)}
     WHERE id = ${id}::uuid AND epoch = ${epoch}`;
  return 'waiting';
}

async function rest(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (ms <= 0) return;
  // The rejection of an aborted rest says nothing that the loop does not see.
  await sleep(ms, undefined, signal && { signal }).catch(() => undefined);
}
