import type { JournalEntry } from '@/splunk/simulator/journal';

/** Whether two requests that were answered were under way at the same time: a stream has one sender and one request. */
export function sendersOverlapped(journal: readonly JournalEntry[]): boolean {
  let endMs = 0;
  for (const { at, durationMs, status } of journal) {
    if (status === null || durationMs === null) continue;
    // The clock of arrival counts whole milliseconds.
    if (at.getTime() + 1 < endMs) return true;
    endMs = Math.max(endMs, at.getTime() + durationMs);
  }
  return false;
}
