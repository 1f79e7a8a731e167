/** A deadline that a caller's signal may bring forward. */
export type CutOff = {
  /** Its reason has the code `ERR_DEADLINE` or `ERR_ABORTED`. */
  readonly signal: AbortSignal;
  /** The work's result, or the reason as soon as there is one: undici heeds a signal only once it is connected. */
  race<T>(work: Promise<T>): Promise<T>;
  /** To be called when the work is over. */
  release(): void;
};

/** AbortSignal.any would tie one object per request to a signal that lives as long as the process (nodejs/node#54614). */
export function cutOff(deadlineMs: number, caller: AbortSignal | undefined): CutOff {
  const controller = new AbortController();
  const { signal } = controller;
  const abort = () => controller.abort(reason('ERR_ABORTED'));
  const timer = setTimeout(() => controller.abort(reason('ERR_DEADLINE')), deadlineMs);
  caller?.addEventListener('abort', abort, { once: true });
  if (caller?.aborted) abort();
  return {
    signal,
    race(work) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) reject(signal.reason);
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        work.then(resolve, reject);
      });
    },
    release() {
      clearTimeout(timer);
      caller?.removeEventListener('abort', abort);
    },
  };
}

function reason(code: string): Error {
  return Object.assign(new Error(code), { code });
}
