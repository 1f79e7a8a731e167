/** "1 event", "48,200 events"; the number as digits, for it may be larger than a number can be. */
export function eventCount(digits: string): string {
  return `${Number(digits).toLocaleString('en')} ${digits === '1' ? 'event' : 'events'}`;
}

/** About how long something takes: "less than a minute", "about 3 min", "about 2 h 10 min". */
export function aboutHowLong(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 60) return `about ${minutes} min`;
  const rest = minutes % 60;
  return `about ${(minutes - rest) / 60} h${rest > 0 ? ` ${rest} min` : ''}`;
}
