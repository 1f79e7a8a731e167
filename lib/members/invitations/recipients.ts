import { UserError } from '@/lib/action/user-error';
import { legible } from '@/lib/audit/legible';
import { canonicalEmail } from '@/lib/auth/email-address';

/** One form may invite a department; whoever has more sends the form twice. */
export const maxRecipients = 50;
/** So many lines are named; the rest is counted. */
const maxNamed = 5;
const maxShownLength = 60;

type Piece = { text: string; line: number };

/**
 * The addresses out of a pasted list: separated by commas, semicolons or line breaks, each alone or as
 * `Name <address>`, each once. Throws a UserError at `addresses` that names every line without an address.
 */
export function readRecipients(typed: string): string[] {
  const pieces = typed.split(/\r\n|\r|\n/).flatMap((text, at) => piecesOf(text, at + 1));
  if (pieces.length === 0) {
    throw new UserError('Enter at least one e-mail address.', {
      field: 'addresses',
      hint: 'One on each line, or separated by commas.',
    });
  }
  const read = pieces.map((piece) => ({ ...piece, email: canonicalEmail(addressIn(piece.text)) }));
  const bad = read.filter(({ email }) => email === undefined);
  if (bad.length > 0) throw notAnAddress(bad);
  const addresses = [...new Set(read.flatMap(({ email }) => email ?? []))];
  if (addresses.length > maxRecipients) {
    throw new UserError(
      `At most ${maxRecipients} people can be invited at once; these are ${addresses.length}.`,
      {
        field: 'addresses',
        hint: 'Send the rest with a second form.',
      },
    );
  }
  return addresses;
}

/** Commas and semicolons within quotes belong to a name: `"Fox, Alice" <alice@acme.example>`. */
function piecesOf(text: string, line: number): Piece[] {
  const parts = text.match(/(?:"[^"]*"|[^,;"]|")+/g) ?? [];
  return parts
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => ({ text: part, line }));
}

/** What stands between angle brackets at the end, else all of it. */
function addressIn(text: string): string {
  return /^[^<>]*<([^<>]*)>$/.exec(text)?.[1] ?? text;
}

function notAnAddress(bad: readonly Piece[]): UserError {
  const named = bad.slice(0, maxNamed).map(({ text, line }) => `line ${line} (“${shown(text)}”)`);
  if (bad.length > maxNamed) named.push(`${bad.length - maxNamed} more`);
  return new UserError(`This is no e-mail address: ${named.join(', ')}.`, {
    field: 'addresses',
    hint: 'Write addresses like name@example.com, and names with commas in quotes. Nobody was invited yet.',
  });
}

function shown(text: string): string {
  const characters = Array.from(legible(text));
  return characters.length > maxShownLength
    ? `${characters.slice(0, maxShownLength).join('')}…`
    : legible(text);
}
