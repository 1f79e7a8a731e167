/**
 * Characters that nobody sees but that change what is seen: controls, and formatting that turns the direction of the
 * text after it or has no width. The joiners U+200C and U+200D stay: Persian words and emoji are written with them.
 */
const unseen = /[\p{Cc}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;

function codePoint(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}

/** Recorded text as it may be shown: "invoice[U+202E]gpj.exe" instead of a name that reads "invoiceexe.jpg". */
export function legible(text: string): string {
  return text.replace(unseen, (character) => `[U+${codePoint(character)}]`);
}

/** {@link legible} for every text in a tree of plain values. */
export function legibleTree<T>(value: T): T;
export function legibleTree(value: unknown): unknown {
  if (typeof value === 'string') return legible(value);
  if (Array.isArray(value)) return value.map((item) => legibleTree(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [legible(name), legibleTree(member)]),
  );
}

/** A stored record, indented, with unseen characters as the escapes of JSON. A damaged one is shown as it stands. */
export function legibleJson(stored: string): string {
  try {
    const indented = JSON.stringify(JSON.parse(stored), null, 2);
    return indented.replace(unseen, (character) =>
      character === '\n' ? character : `\\u${codePoint(character).toLowerCase()}`,
    );
  } catch {
    return legible(stored);
  }
}
