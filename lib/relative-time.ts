const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How far apart two instants are, in the largest unit that fits, rounded down: `3 minutes`, `1 hour`, `61 days`. */
function distance(ms: number): string {
  const [amount, unit] =
    ms < hourMs
      ? [Math.floor(ms / minuteMs), 'minute']
      : ms < 2 * dayMs
        ? [Math.floor(ms / hourMs), 'hour']
        : [Math.floor(ms / dayMs), 'day'];
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}

/** An instant in words beside its exact time: `just now`, `3 minutes ago`, `in 14 days`. */
export function relativeTime(instant: Date, now: Date): string {
  const ms = instant.getTime() - now.getTime();
  if (Math.abs(ms) < minuteMs) return ms > 0 ? 'in less than a minute' : 'just now';
  return ms < 0 ? `${distance(-ms)} ago` : `in ${distance(ms)}`;
}
