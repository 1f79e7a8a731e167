/** "Newest first, 50 of 1,284": what the reader sees of how much. A total is absent when counting took too long. */
export function resultLine(shown: number, total: number | undefined, limit: number): string {
  const here = `Newest first, ${shown.toLocaleString('en')}`;
  if (total === undefined) return here;
  return `${here} of ${total > limit ? `${limit.toLocaleString('en')}+` : total.toLocaleString('en')}`;
}
