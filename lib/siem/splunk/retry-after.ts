const shortestMs = 1_000;
/** A receiver may not silence its stream for longer than this (hec.md §2.3). */
const longestMs = 15 * 60_000;
const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * The wait that a `Retry-After` header asks for, in milliseconds: seconds or an HTTP date (RFC 9110 §10.2.3), clamped to
 * 1 s … 15 min. Undefined for a missing header or one that is neither: the usual backoff applies then.
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return clamp(Number(text) * 1_000);
  return httpDate.test(text) ? clamp(Date.parse(text) - nowMs) : undefined;
}

function clamp(waitMs: number): number | undefined {
  return Number.isNaN(waitMs) ? undefined : Math.min(longestMs, Math.max(shortestMs, waitMs));
}
