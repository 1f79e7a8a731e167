import { bearerMatches } from '@/app/api/bearer';
import { env } from '@/lib/env';
import { checkpointsOnce, restOnce } from '@/lib/integrity/start';
import type { Receipt } from '@/lib/siem/delivery/drain';
import { drainDue } from '@/lib/siem/delivery/drain-due';

/** In seconds, for hosts that cut a function off: 50 s of sending and the time to end in good order. */
export const maxDuration = 60;

const sendingMs = 50_000;
const graceMs = 5_000;

/**
 * Signs checkpoints and sends everything that is due, for hosts where no process streams by itself, and tells each
 * accepted batch as one line of NDJSON while it goes on; then retention and the verifications that somebody asked for. Ends
 * when nothing is due, after 50 s, or when the caller leaves. Safe to call at any time: a stream that another process sends
 * is left to it.
 */
export async function POST(request: Request): Promise<Response> {
  const secret = env().CRON_SECRET;
  if (secret === undefined) return new Response('Not found', { status: 404 });
  if (!bearerMatches(request.headers.get('authorization'), secret)) {
    return new Response('Unauthorized', { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } });
  }
  const callerLeft = new AbortController();
  const signal = AbortSignal.any([request.signal, callerLeft.signal, AbortSignal.timeout(sendingMs)]);
  const text = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const onReceipt = (receipt: Receipt) => {
        if (!callerLeft.signal.aborted) controller.enqueue(text.encode(`${line(receipt)}\n`));
      };
      // Before the sending, so that a checkpoint leaves with it.
      await checkpointsOnce(signal);
      await drainDue({ signal, graceMs, onReceipt });
      // With the time that is left: nobody waits for it as for the delivery.
      await restOnce(signal);
      if (!callerLeft.signal.aborted) controller.close();
    },
    cancel: () => callerLeft.abort(),
  });
  return new Response(body, {
    headers: { 'Content-Type': 'application/x-ndjson; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}

/** A seq may exceed what a JSON number carries, so it is text. */
function line({ firstSeq, lastSeq, ...receipt }: Receipt): string {
  return JSON.stringify({ ...receipt, firstSeq: firstSeq.toString(), lastSeq: lastSeq.toString() });
}
