/** Markup that is safe to send. Only `html` makes it, and `html` escapes every value that is not markup itself. */
export type Html = { readonly markup: string };

type Value = Html | readonly Html[] | string | number | false | null | undefined;

/** Builds markup from a template; `false`, `null` and `undefined` leave nothing. */
export function html(literals: TemplateStringsArray, ...values: readonly Value[]): Html {
  const markup = literals.map((literal, n) => literal + markupOf(values[n])).join('');
  return { markup };
}

/** Text of this program, taken as it is: the style sheet and the script. Never anything received. */
export function trusted(markup: string): Html {
  return { markup };
}

function markupOf(value: Value): string {
  if (value === undefined || value === null || value === false) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeText(String(value));
  return 'markup' in value ? value.markup : value.map((part) => part.markup).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
