import { z } from 'zod';

const maxLength = 100;

/** Controls, and the marks that turn the direction of the text after them, which make one name look like another. */
const unshowable = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;

/**
 * A form's field for the name of a person or an organization: trimmed, composed (NFC), one line, with at least one
 * letter or digit, so that neither a blank nor invisible characters pass for a name.
 */
export function displayName(what: string) {
  return z
    .string()
    .transform((typed) => typed.normalize('NFC').replace(/\s+/gu, ' ').trim())
    .pipe(
      z
        .string()
        .min(1, `Enter ${what}.`)
        .max(maxLength, `Use at most ${maxLength} characters.`)
        .regex(/[\p{L}\p{N}]/u, 'Use at least one letter or digit.')
        .refine((name) => !unshowable.test(name), 'This has a character that cannot be shown.'),
    );
}
