import { setTimeout as sleep } from 'node:timers/promises';
import { onAuditCommitted } from '@/lib/audit/committed';
import type { AuditFilter } from '@/lib/audit/filter/audit-filter';
import { countNewerEvents } from '@/lib/audit/query/count-newer-events';
import { TooSlowError } from '@/lib/db/read-only';

/** What a page is told while it is open. */
export type NewEventsMessage = { count: number } | { ended: EndReason };
/** Why nothing more is told: the session ended, ten minutes passed, or the question takes too long. */
export type EndReason = 'signed-out' | 'ten-minutes' | 'too-slow';

type Watch = {
  organizationId: string;
  filter: AuditFilter;
  /** Events after this number are new. */
  seq: bigint;
  /** Whether whoever watches still may. */
  mayGoOn(): Promise<boolean>;
  signal: AbortSignal;
  timing?: Timing;
};
type Timing = { lastMs: number; everyMs: number; pauseMs: number };

/**
 * In milliseconds. Events of this process are looked at as they are committed, at most once in `pauseMs`; those of another
 * instance within `everyMs`, which is also how soon the end of a session is noticed.
 */
const usual: Timing = { lastMs: 10 * 60_000, everyMs: 5_000, pauseMs: 1_000 };

/**
 * Tells how many events that match are newer than one, whenever that changes, and last of all why it ends. It holds nothing
 * between two looks, and ends without a word when `signal` is aborted. Undefined now and then: still there.
 */
export async function* watchNewEvents(watch: Watch): AsyncGenerator<NewEventsMessage | undefined, void> {
  const { organizationId, filter, seq, mayGoOn, signal, timing = usual } = watch;
  const end = performance.now() + timing.lastMs;
  let told = 0;
  while (!signal.aborted) {
    if (!(await mayGoOn())) return yield { ended: 'signed-out' };
    if (performance.now() >= end) return yield { ended: 'ten-minutes' };
    const count = await countNewerEvents(organizationId, filter, seq).catch(unlessSlow);
    if (count === undefined) return yield { ended: 'too-slow' };
    yield count === told ? undefined : { count };
    told = count;
    await quiet(organizationId, signal, timing);
  }
}

function unlessSlow(error: unknown): undefined {
  if (!(error instanceof TooSlowError)) throw error;
}

/** Waits until the organization has a new event, or it is time to look; not longer than until the watcher leaves. */
async function quiet(
  organizationId: string,
  signal: AbortSignal,
  { everyMs, pauseMs }: Timing,
): Promise<void> {
  const committed = new AbortController();
  const stop = onAuditCommitted((id) => id === organizationId && committed.abort());
  const rest = (ms: number, until: AbortSignal) =>
    sleep(ms, undefined, { signal: until }).catch(() => undefined);
  await rest(pauseMs, signal);
  await rest(everyMs - pauseMs, AbortSignal.any([signal, committed.signal]));
  stop();
}
