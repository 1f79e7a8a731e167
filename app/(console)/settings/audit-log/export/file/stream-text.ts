import { log } from '@/lib/log';

/**
 * A body that is made as fast as its receiver takes it, and no further once it leaves. What goes wrong on the way breaks
 * the connection, so that no browser takes a part for the whole.
 */
export function streamText(parts: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await parts.next();
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (error) {
          log.error({ err: error }, 'an export broke off');
          controller.error(error);
        }
      },
      async cancel() {
        await parts.return();
      },
    },
    // Nothing is read ahead of what is asked for.
    { highWaterMark: 0 },
  );
}
