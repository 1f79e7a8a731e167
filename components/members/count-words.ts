/** "no API key", "1 API key", "3 API keys". */
export function countOf(count: number, what: string): string {
  if (count === 0) return `no ${what}`;
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}
