import { z } from 'zod';
import { commonWords } from '@/lib/auth/common-words';

const minPasswordLength = 12;
const maxPasswordLength = 128;

/** Rows of keys, letters and digits; any four neighbours, in either direction, count as one word. */
const walks = [
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '12345678901234567890',
  '!@#$%^&*()_+',
].flatMap((walk) => [walk, Array.from(walk).reverse().join('')]);

/** A common word is worth as much as this many digits or signs: three words pass, two with "2026!" do not. */
const wordWorth = 6;
const minWorth = 18;
/** A number this long has the strength of a short random password. */
const minNumberLength = 20;
/** The longest word or walk that is looked for. */
const maxWordLength = 40;

const leet: Record<string, string> = {
  '0': 'o',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
};

/**
 * What is wrong with a new password, in words for its owner; undefined when nothing is. Length counts characters as
 * people see code points; every character is allowed but NUL, which PostgreSQL and C libraries cut at. `about` is what
 * an attacker knows: names of the person and the organization, the e-mail address.
 */
export function passwordProblem(password: string, about: readonly string[] = []): string | undefined {
  const length = Array.from(password).length;
  if (password.includes('\0')) return 'Leave out the invisible character (NUL).';
  if (length < minPasswordLength) return `Use at least ${minPasswordLength} characters; this has ${length}.`;
  if (length > maxPasswordLength) return `Use at most ${maxPasswordLength} characters; this has ${length}.`;
  if (isGuessable(password, about)) {
    return 'This is easy to guess: common words, names or rows of keys. Four unrelated words work well.';
  }
  return undefined;
}

/**
 * The form's field for a password that somebody has. A character takes up to four code units in its longest everyday
 * form; the exact rule is the policy's, when it is set.
 */
export const currentPasswordSchema = z
  .string()
  .min(1, 'Enter your password.')
  .max(4 * maxPasswordLength, `Passwords have at most ${maxPasswordLength} characters.`);

/** The form's field for a new password. What depends on the other fields is checked by {@link passwordProblem} again. */
export const newPasswordSchema = z.string().superRefine((password, context) => {
  const message = password === '' ? 'Choose a password.' : passwordProblem(password);
  if (message) context.addIssue({ code: 'custom', message });
});

function isGuessable(password: string, about: readonly string[]): boolean {
  const plain = unrepeated(password.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase());
  if (/^\d+$/.test(plain)) return plain.length < minNumberLength;
  // A handful of different characters is no more than a rhythm.
  if (new Set(plain).size < 5) return true;
  const known = new Set([...about.flatMap(wordsOf), 'tracekeep']);
  return worthOf(plain, known) < minWorth;
}

/** "acmeacmeacme" is "acme". */
function unrepeated(text: string): string {
  const period = (text + text).indexOf(text, 1);
  return text.slice(0, period);
}

function wordsOf(text: string): string[] {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  return [...words, words.join('')].filter((word) => word.length >= 3);
}

/**
 * What the text is worth when it is taken apart into words, digits and signs in the cheapest way; Infinity when letters
 * are left that are no word, or when there is no word at all. "p@ssw0rd!" is a word and a sign: each part may be read
 * as it stands or as leetspeak, where 1 is an i or an l.
 */
function worthOf(text: string, known: ReadonlySet<string>): number {
  const plain = text.replace(/[034578@$]/g, (sign) => leet[sign] ?? sign);
  const readings = [text, plain.replace(/[1!]/g, 'i'), plain.replace(/[1!]/g, 'l')];
  const isWord = (start: number, end: number) =>
    readings.some((reading) => {
      const part = reading.slice(start, end);
      return (
        commonWords.has(part) ||
        known.has(part) ||
        (part.length >= 4 && walks.some((walk) => walk.includes(part)))
      );
    });

  // By the end of each part: the worth without any word so far, and with one or more.
  const bare = [0, ...new Array<number>(text.length).fill(Number.POSITIVE_INFINITY)];
  const worded = new Array<number>(text.length + 1).fill(Number.POSITIVE_INFINITY);
  const lower = (worths: number[], at: number, worth: number) => {
    worths[at] = Math.min(worths[at] ?? Number.POSITIVE_INFINITY, worth);
  };
  for (let start = 0; start < text.length; start += 1) {
    const [without, before] = [
      bare[start] ?? Number.POSITIVE_INFINITY,
      worded[start] ?? Number.POSITIVE_INFINITY,
    ];
    const cheapest = Math.min(without, before);
    if (cheapest >= minWorth) continue;
    if (!/\p{L}/u.test(text.charAt(start))) {
      lower(bare, start + 1, without + 1);
      lower(worded, start + 1, before + 1);
    }
    for (let end = start + 3; end <= Math.min(text.length, start + maxWordLength); end += 1) {
      if (isWord(start, end)) lower(worded, end, cheapest + wordWorth);
    }
  }
  return worded[text.length] ?? Number.POSITIVE_INFINITY;
}
