/** The known word that somebody most likely meant: at most two letters away, and closer than the word is long. */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  const given = word.toLowerCase();
  const closest = known
    .map((candidate) => ({ candidate, distance: editDistance(given, candidate) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return closest && closest.distance <= Math.min(2, given.length - 1) ? closest.candidate : undefined;
}

/** How many letters have to be added, removed, replaced or swapped with their neighbour. */
function editDistance(a: string, b: string): number {
  // A longer word than any known one is far from all of them, and need not be compared.
  if (Math.abs(a.length - b.length) > 2) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const least = Math.min(replaced, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = swapped ? Math.min(least, (before[j - 2] ?? 0) + 1) : least;
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}
