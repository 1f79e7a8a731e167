import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditFilter } from '@/lib/audit/filter/audit-filter';
import { countNewerEvents } from '@/lib/audit/query/count-newer-events';
import { HeadWatch } from '@/lib/audit-live/head-watch';
import { takePlace } from '@/lib/audit-live/places';
import { TooSlowError } from '@/lib/db/read-only';

/** What a page is told while it is open. */
export type NewEventsMessage = { count: number } | { ended: EndReason };
/** Why nothing more is told: the session ended, ten minutes passed, the question takes too long, or too many are told. */
export type EndReason = 'signed-out' | 'ten-minutes' | 'too-slow' | 'too-many';

type Watch = {
  organizationId: string;
  /** Who watches. */
  personId: string;
  filter: AuditFilter;
  /** Events after this number are new. */
  seq: bigint;
  /** Whether whoever watches still may. */
  mayGoOn(): Promise<boolean>;
  signal: AbortSignal;
  timing?: Timing;
  heads?: HeadWatch;
};
type Timing = { lastMs: number; everyMs: number; pauseMs: number };

/**
 * In milliseconds. A log that grows is looked at once in `pauseMs` at most; within `everyMs` the end of a session is
 * noticed, and a sign of life is sent.
 */
const usual: Timing = { lastMs: 10 * 60_000, everyMs: 5_000, pauseMs: 1_000 };
const usualHeads = new HeadWatch();

/**
 * Tells how many events that match are newer than one, whenever that changes, and last of all why it ends. It counts only
 * when the log has grown, holds nothing of the database between two looks, and ends without a word when `signal` is
 * aborted. Undefined now and then: still there.
 */
export async function* watchNewEvents(watch: Watch): AsyncGenerator<NewEventsMessage | undefined, void> {
  const { organizationId, filter, seq, mayGoOn, signal, timing = usual, heads = usualHeads } = watch;
  const leave = takePlace(watch);
  if (!leave) return yield { ended: 'too-many' };
  const grown = new Growth();
  const stop = heads.watch(organizationId, () => grown.happen());
  try {
    const end = performance.now() + timing.lastMs;
    let told = 0;
    while (!signal.aborted) {
      if (!(await mayGoOn())) return yield { ended: 'signed-out' };
      if (performance.now() >= end) return yield { ended: 'ten-minutes' };
      const count = grown.take()
        ? await countNewerEvents(organizationId, filter, seq).catch(unlessSlow)
        : told;
      if (count === undefined) return yield { ended: 'too-slow' };
      yield count === told ? undefined : { count };
      told = count;
      await rest(timing.pauseMs, signal);
      await rest(timing.everyMs - timing.pauseMs, AbortSignal.any([signal, grown.signal]));
    }
  } finally {
    stop();
    leave();
  }
}

/** Whether the log has grown since somebody took note of it. */
class Growth {
  private happened = new AbortController();

  constructor() {
    this.happen();
  }

  get signal(): AbortSignal {
    return this.happened.signal;
  }

  happen(): void {
    this.happened.abort();
  }

  take(): boolean {
    const { aborted } = this.happened.signal;
    if (aborted) this.happened = new AbortController();
    return aborted;
  }
}

async function rest(ms: number, until: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: until }).catch(() => undefined);
}

function unlessSlow(error: unknown): undefined {
  if (!(error instanceof TooSlowError)) throw error;
}
