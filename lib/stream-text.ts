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
  let gone = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await parts.next();
          // Whoever leaves while a part is waited for has closed the stream.
          if (gone) return;
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (error) {
          log.error({ err: error }, 'an answer broke off');
          controller.error(error);
        }
      },
      async cancel() {
        gone = true;
        left?.abort();
        await parts.return();
      },
    },
    // Nothing is read ahead of what is asked for.
    { highWaterMark: 0 },
  );
}
