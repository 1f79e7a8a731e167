import { legible } from '@/lib/audit/legible';

/** Enough for a sentence that helps, too short for an advertisement. */
const maxLength = 200;

/**
 * Somebody else's words, fit to be shown in quotation marks: one line, nothing unseen in it, cut, and without the given
 * secrets, which a careless provider may repeat. Undefined when nothing is left.
 */
export function quote(
  text: string | null | undefined,
  secrets: readonly (string | undefined)[] = [],
): string | undefined {
  if (!text) return undefined;
  const scrubbed = secrets.reduce<string>(
    (rest, secret) => (secret ? rest.replaceAll(secret, '••••') : rest),
    text,
  );
  const line = legible(scrubbed.toWellFormed().replace(/\s+/gu, ' ').trim());
  if (line.length <= maxLength) return line || undefined;
  return `${line.slice(0, maxLength).toWellFormed()}…`;
}
