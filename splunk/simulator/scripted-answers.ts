import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, jsonContentType, splunkHeaders } from '@/splunk/simulator/answer';
import type { JournalEntry } from '@/splunk/simulator/journal';

/** An answer that a test puts in the way of the honest one. Applies to the event routes, never to `/health`. */
export type ScriptedAnswer = {
  /** Without a status the honest answer goes out, after the delay. */
  readonly status?: number;
  /** Added to the usual ones: Splunk's for an object body, only a content type for text, as a proxy's. */
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: string | Readonly<Record<string, unknown>>;
  /** Wait before answering; `Infinity` never answers. */
  readonly delayMs?: number;
  /** Take the events although the answer says otherwise, before the delay. */
  readonly store?: boolean;
  /** Reset the connection: before the body is read, or after it (and after storing, if `store`). */
  readonly destroy?: 'before' | 'after';
};

/** The scripted answers still to be given, first in first out. */
export class ScriptedAnswers {
  #queue: ScriptedAnswer[] = [];

  add(answer: ScriptedAnswer, times: number): void {
    for (let n = 0; n < times; n++) this.#queue.push(answer);
  }

  next(): ScriptedAnswer | undefined {
    return this.#queue.shift();
  }

  clear(): void {
    this.#queue = [];
  }
}

type Stage = {
  readonly request: IncomingMessage;
  readonly entry: JournalEntry;
  /** Runs the real pipeline, which reads the body and stores what it accepts. */
  readonly honest: () => Promise<Answer>;
  readonly reset: () => void;
  /** Aborts when the client leaves or the simulator closes. */
  readonly signal: AbortSignal;
};

/**
 * Plays one scripted answer and returns what to send, undefined when nothing is to be sent.
 * @throws AbortError when the signal fires during the delay
 */
export async function play(script: ScriptedAnswer, stage: Stage): Promise<Answer | undefined> {
  if (script.destroy === 'before') return void stage.reset();
  const honestOnly = script.status === undefined && script.destroy === undefined;
  const stored = script.store ? await stage.honest() : undefined;
  if (!stored && !honestOnly) await drain(stage);
  await pause(script.delayMs ?? 0, stage.signal);
  if (script.destroy === 'after') return void stage.reset();
  if (script.status !== undefined) return scripted(script.status, script);
  return stored ?? (await stage.honest());
}

/** What the journal says was done. */
export function describeScript(script: ScriptedAnswer): string {
  const parts = [
    script.store && 'stored',
    script.delayMs !== undefined && (Number.isFinite(script.delayMs) ? `wait ${script.delayMs} ms` : 'hang'),
    script.destroy && `reset ${script.destroy} reading`,
    script.status !== undefined && `answer ${script.status}`,
  ];
  return parts.filter(Boolean).join(', ');
}

function scripted(status: number, { headers, body = '' }: ScriptedAnswer): Answer {
  if (typeof body === 'string') {
    const contentType = body.trimStart().startsWith('<') ? 'text/html; charset=UTF-8' : 'text/plain';
    return { status, headers: { 'Content-Type': contentType, ...headers }, body, code: null, close: false };
  }
  return {
    status,
    headers: { ...splunkHeaders, 'Content-Type': jsonContentType, ...headers },
    body: JSON.stringify(body),
    code: typeof body.code === 'number' ? body.code : null,
    close: false,
  };
}

/** Reads the body to its end and throws it away; its size goes into the journal. */
async function drain({ request, entry, signal }: Stage): Promise<void> {
  request.on('data', (chunk: Buffer) => {
    entry.wireBytes += chunk.length;
  });
  if (!request.readableEnded) await once(request, 'end', { signal });
}

async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (Number.isFinite(delayMs)) return sleep(delayMs, undefined, { signal });
  await once(signal, 'abort');
  signal.throwIfAborted();
}
