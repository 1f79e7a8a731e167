/** "Newest first, 50 of 1,284": what the reader sees of how much. */
export function resultLine(shown: number, total: number, limit: number): string {
  const all = total > limit ? `${limit.toLocaleString('en')}+` : total.toLocaleString('en');
  return `Newest first, ${shown.toLocaleString('en')} of ${all}`;
}
