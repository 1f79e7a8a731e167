import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '@/splunk/simulator/answer';

/** How an answer gets onto the wire. */
export type Wire =
  | { readonly as: 'slow'; readonly everyMs: number }
  /** Half of the body that was announced; then the end, or a reset. */
  | { readonly as: 'cut'; readonly by: 'end' | 'reset' }
  | { readonly as: 'garbage' }
  /** As usual, and the connection ends when it was idle for so long. */
  | { readonly as: 'closed when idle'; readonly afterMs: number };

type Sending = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly wire: Wire | undefined;
  readonly reset: () => void;
  readonly signal: AbortSignal;
};

/** How long to keep reading what a refused client still sends. */
const lingerMs = 1000;

/** What a forwarder port might say: no HTTP, and not even text. */
const garbage = Buffer.from('\x00\x00\x00\x1c--splunk-cooked-mode-v3--\x00\xff\xfe\r\n', 'latin1');

/**
 * Writes an answer with an exact length. The connection is kept unless the answer ends it or the client sent no
 * `User-Agent`, which Splunk treats as HTTP/1.0 (`forceHttp10 = auto`, hec.md §1.2).
 */
export async function send(answer: Answer, sending: Sending): Promise<void> {
  const { request, response, wire, reset, signal } = sending;
  if (wire?.as === 'garbage') return void request.socket.end(garbage);
  const close = answer.close || request.headers['user-agent'] === undefined;
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, {
    ...answer.headers,
    'Content-Length': body.length,
    Connection: close ? 'close' : 'Keep-Alive',
  });
  if (wire?.as === 'slow') await drip(response, body, wire.everyMs, signal);
  else if (wire?.as === 'cut') {
    const half = body.subarray(0, Math.floor(body.length / 2));
    await new Promise((resolve) => response.write(half, resolve));
    return wire.by === 'reset' ? reset() : void request.socket.end();
  } else response.write(body);
  // Closing while the client is still sending would turn into a reset that can overtake the answer.
  if (close && !request.complete) await linger(request);
  if (wire?.as === 'closed when idle') {
    // The next request on the connection sets Node's own limit again.
    response.once('finish', () => request.socket.setTimeout(Math.max(1, wire.afterMs)));
  }
  response.end();
}

async function drip(
  response: ServerResponse,
  body: Buffer,
  everyMs: number,
  signal: AbortSignal,
): Promise<void> {
  response.flushHeaders();
  for (const byte of body) {
    await sleep(everyMs, undefined, { signal });
    response.write(Buffer.of(byte));
  }
}

async function linger(request: IncomingMessage): Promise<void> {
  request.resume();
  const signal = AbortSignal.timeout(lingerMs);
  await Promise.race([once(request, 'end', { signal }), once(request, 'close', { signal })]).catch(() => {});
}
