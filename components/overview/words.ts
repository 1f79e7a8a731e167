/** "the scan a", "the scans a and b", "the scan a and 4 others". */
export function named(kind: string, [first, second, ...more]: readonly { name: string }[]): string {
  if (!second) return `the ${kind} ${first?.name}`;
  if (more.length === 0) return `the ${kind}s ${first?.name} and ${second.name}`;
  return `the ${kind} ${first?.name} and ${more.length + 1} others`;
}

/** "1 event", "1,284 events". */
export function count(amount: number, noun: string): string {
  return `${amount.toLocaleString('en')} ${noun}${amount === 1 ? '' : 's'}`;
}

/** As it stands at the beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
