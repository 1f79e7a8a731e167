/** First ceiling of the wait, in milliseconds; each further failure doubles it. */
const baseMs = 1_000;
/** A Splunk that comes back is noticed within a minute (hec.md §2.3, after javalogging). */
const capMs = 60_000;

/**
 * How long to wait after the `attempt`-th failure in a row (1 is the first), in milliseconds: full jitter, evenly spread
 * between 0 and min(60 s, 1 s · 2^(attempt−1)), so that streams that failed together do not come back together.
 * It never says to give up.
 */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** (Math.max(1, attempt) - 1));
  return Math.round(random() * ceiling);
}
