/** At most `maxLength` printable ASCII characters of a text that another side chose (security.md #68). */
export function printable(text: string, maxLength = 200): string {
  return text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, maxLength);
}
