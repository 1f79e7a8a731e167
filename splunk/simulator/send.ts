import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from '@/splunk/simulator/answer';

/** How long to keep reading what a refused client still sends. */
const lingerMs = 1000;

/**
 * Writes an answer with an exact length. The connection is kept unless the answer ends it or the client sent no
 * `User-Agent`, which Splunk treats as HTTP/1.0 (`forceHttp10 = auto`, hec.md §1.2).
 */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
): Promise<void> {
  const close = answer.close || request.headers['user-agent'] === undefined;
  response.writeHead(answer.status, {
    ...answer.headers,
    'Content-Length': Buffer.byteLength(answer.body),
    Connection: close ? 'close' : 'Keep-Alive',
  });
  response.write(answer.body);
  // Closing while the client is still sending would turn into a reset that can overtake the answer.
  if (close && !request.complete) await linger(request);
  response.end();
}

async function linger(request: IncomingMessage): Promise<void> {
  request.resume();
  const signal = AbortSignal.timeout(lingerMs);
  await Promise.race([once(request, 'end', { signal }), once(request, 'close', { signal })]).catch(() => {});
}
