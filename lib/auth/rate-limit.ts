import { db } from '@/lib/db/client';

export type Attempt = {
  allowed: boolean;
  retryAfterSeconds: number;
  /** How many more this window takes, and when the next one begins. */
  remaining: number;
  resetSeconds: number;
};

/**
 * Counts one attempt under `key` and says whether it is within `limit` per window. The count lives in PostgreSQL, so it
 * holds across instances and restarts; one statement, so parallel attempts cannot slip through together.
 * Put no secret and nothing typed into the key.
 */
export async function takeAttempt(
  key: string,
  { limit, windowSeconds }: { limit: number; windowSeconds: number },
): Promise<Attempt> {
  const [row] = await db().$queryRaw<{ count: number; rest: number }[]>`
    INSERT INTO rate_limit AS r (key, count, window_start) VALUES (${key}, 1, now())
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN r.window_start <= now() - make_interval(secs => ${windowSeconds}) THEN 1
                   ELSE LEAST(r.count, ${limit}) + 1 END,
      window_start = CASE WHEN r.window_start <= now() - make_interval(secs => ${windowSeconds}) THEN now()
                          ELSE r.window_start END
    RETURNING count, EXTRACT(EPOCH FROM window_start + make_interval(secs => ${windowSeconds}) - now())::float8 AS rest`;
  if (!row) throw new Error('the rate limit was not counted');
  const allowed = row.count <= limit;
  const resetSeconds = Math.min(windowSeconds, Math.max(1, Math.ceil(row.rest)));
  const remaining = Math.max(0, limit - row.count);
  return { allowed, retryAfterSeconds: allowed ? 0 : resetSeconds, remaining, resetSeconds };
}

/** "12 seconds", "1 minute", "15 minutes": how long to wait, rounded up. */
export function waitingTime(seconds: number): string {
  const [amount, unit] = seconds < 60 ? [Math.ceil(seconds), 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}
