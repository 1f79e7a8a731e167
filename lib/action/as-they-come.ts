/**
 * The values that some work gives as it goes on, the one it ends with last. The work runs to its end whether anybody
 * still listens or not; its failure is the listener's.
 */
export function asTheyCome<T>(work: (emit: (value: T) => void) => Promise<T>): AsyncIterable<T> {
  const waiting: T[] = [];
  let wake = () => {};
  let ended = false;
  const emit = (value: T) => {
    waiting.push(value);
    wake();
  };
  const running = work(emit)
    .then(emit)
    .finally(() => {
      ended = true;
      wake();
    });
  // Whoever listens learns of it below.
  running.catch(() => {});

  return (async function* () {
    for (;;) {
      yield* waiting.splice(0);
      if (waiting.length > 0) continue;
      if (ended) return await running;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  })();
}
