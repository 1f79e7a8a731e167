import { cleanTyped, problem, type TypedProblem } from '@/lib/net/typed-value';

/** An index is a folder on Splunk's disk, and 255 bytes is the longest name that a folder can have. */
const maxIndexLength = 255;

/**
 * The index to name in each event; undefined when left empty, which means the token's default index. The rules are those
 * of indexes.conf: lower-case letters, digits, `_` and `-`, the first one a letter or a digit, without "kvstore".
 */
export function parseIndex(
  typed: string,
): { readonly ok: true; readonly index: string | undefined } | TypedProblem {
  if (typed.length > 4 * maxIndexLength) return tooLong;
  const index = cleanTyped(typed);
  if (index === '') return { ok: true, index: undefined };
  if (index.length > maxIndexLength) return tooLong;
  if (/^[\w-]+$/.test(index) && index !== index.toLowerCase()) {
    return problem('Index must be in lower case', `Splunk would know it as ${index.toLowerCase()}.`);
  }
  if (!/^[a-z0-9_-]+$/.test(index)) {
    return problem('Index may have only lower-case letters, digits, _ and -', 'Copy its name from Splunk.');
  }
  if (/^[_-]/.test(index)) {
    return problem(
      'Index must start with a letter or a digit',
      'Names that start with _ are internal to Splunk.',
    );
  }
  if (index.includes('kvstore')) {
    return problem('Index may not contain "kvstore"', 'Splunk keeps that name for itself.');
  }
  return { ok: true, index };
}

const tooLong = problem('Index is longer than 255 characters', 'Copy its name from Splunk.');
