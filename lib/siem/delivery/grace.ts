/**
 * A signal that fires `graceMs` after another one: whoever asks to stop gives what is under way some time to end well.
 * Dispose of it, or the listener lives as long as the other signal.
 */
export function graceAfter(
  signal: AbortSignal | undefined,
  graceMs: number,
): { over: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const begin = () => {
    timer = setTimeout(() => controller.abort(), graceMs);
  };
  if (signal?.aborted) begin();
  else signal?.addEventListener('abort', begin, { once: true });
  return {
    over: controller.signal,
    dispose: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', begin);
    },
  };
}
