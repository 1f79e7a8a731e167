import { z } from 'zod';

const maxLength = 500;

/** Controls other than a line break, and the marks that turn the direction of the text after them. */
const unshowable = /[^\P{Cc}\n]|[\u202A-\u202E\u2066-\u2069]/u;

/** A form's field for a few words to the invited: composed (NFC), trimmed; null when nothing was written. */
export const noteSchema = z
  .string()
  .transform((typed) =>
    typed
      .normalize('NFC')
      .replace(/\r\n?|\t/g, (found) => (found === '\t' ? ' ' : '\n'))
      .trim(),
  )
  .pipe(
    z
      .string()
      .max(maxLength, `Use at most ${maxLength} characters.`)
      .refine((note) => !unshowable.test(note), 'This has a character that cannot be shown.'),
  )
  .transform((note) => note || null);
