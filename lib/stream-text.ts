import { log } from '@/lib/log';

/**
 * A body that is made as fast as its receiver takes it, and no further once it leaves: then `left` is aborted and the
 * parts are ended. What goes wrong on the way breaks the connection, so that nobody takes a part for the whole.
 */
export function streamText(
  parts: AsyncGenerator<string, void>,
  left?: AbortController,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await parts.next();
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (error) {
          log.error({ err: error }, 'an answer broke off');
          controller.error(error);
        }
      },
      async cancel() {
        left?.abort();
        await parts.return();
      },
    },
    // Nothing is read ahead of what is asked for.
    { highWaterMark: 0 },
  );
}
