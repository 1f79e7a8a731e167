import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '@/splunk/simulator/answer';
import type { Effect } from '@/splunk/simulator/faults/effect';
import type { Interference } from '@/splunk/simulator/interference';
import type { JournalEntry } from '@/splunk/simulator/journal';

type Stage = {
  readonly request: IncomingMessage;
  readonly entry: JournalEntry;
  /** Runs the real pipeline, which reads the body and stores what it accepts. */
  readonly honest: (interference: Interference) => Promise<Answer>;
  readonly reset: () => void;
  /** Aborts when the client leaves or the simulator closes. */
  readonly signal: AbortSignal;
};

/**
 * Plays an effect and returns what to send, undefined when nothing is to be sent.
 * @throws AbortError when the signal fires during the delay
 */
export async function play(effect: Effect, stage: Stage): Promise<Answer | undefined> {
  const { reset, events, interference = {}, delayMs = 0 } = effect;
  if (reset === 'beforeRead') return void stage.reset();
  if (reset === 'midRequest') {
    await firstBytes(stage);
    return void stage.reset();
  }
  if (events === 'discarded') await drain(stage);
  const taken = events === undefined ? await stage.honest(interference) : undefined;
  if (delayMs > 0) await pause(delayMs, stage.signal);
  if (reset === 'afterRead') return void stage.reset();
  const honest = events === 'late' ? await stage.honest(interference) : taken;
  return effect.answer ? effect.answer(honest) : honest;
}

/** Reads the body to its end and throws it away; its size goes into the journal. */
async function drain({ request, entry, signal }: Stage): Promise<void> {
  if (request.readableEnded) return;
  request.on('data', (chunk: Buffer) => {
    entry.wireBytes += chunk.length;
  });
  await once(request, 'end', { signal });
}

/** Until a part of the body is here; of a request without one, until its end. */
async function firstBytes({ request, entry, signal }: Stage): Promise<void> {
  if (!request.readableEnded) await once(request, 'readable', { signal });
  entry.wireBytes += request.readableLength;
}

async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (Number.isFinite(delayMs)) return sleep(delayMs, undefined, { signal });
  await once(signal, 'abort');
  signal.throwIfAborted();
}
