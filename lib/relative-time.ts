import { elapsedWords } from '@/lib/elapsed';

const minuteMs = 60_000;

/** An instant in words beside its exact time: `just now`, `3 min ago`, `in 14 days`. */
export function relativeTime(instant: Date, now: Date): string {
  const ms = instant.getTime() - now.getTime();
  if (Math.abs(ms) < minuteMs) return ms > 0 ? 'in less than a minute' : 'just now';
  return ms < 0 ? `${elapsedWords(-ms)} ago` : `in ${elapsedWords(ms)}`;
}
