const units = [
  { ms: 86_400_000, unit: 'days' },
  { ms: 3_600_000, unit: 'h' },
  { ms: 60_000, unit: 'min' },
  { ms: 1_000, unit: 's' },
] as const;

/** How long something took or is ago, in the largest whole unit: "5 s", "3 min", "2 h", "1 day", "4 days". */
export function elapsedWords(ms: number): string {
  const { ms: unitMs, unit } = units.find((candidate) => ms >= candidate.ms) ?? { ms: 1_000, unit: 's' };
  const count = Math.max(0, Math.floor(ms / unitMs));
  return `${count} ${unit === 'days' && count === 1 ? 'day' : unit}`;
}
