import { cleanTyped, problem, type TypedProblem } from '@/lib/net/typed-value';

/** Splunk's tokens have 36 characters; this is the room other receivers get, well below the header limits of proxies. */
const maxTokenLength = 4_096;
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The bare token from what an admin pasted; it can stand in an HTTP header as it is (printable ASCII, no space).
 * Receivers that are not Splunk's take any text, so an unusual form is only a warning. No message repeats the value.
 */
export function parseHecToken(
  typed: string,
): { readonly ok: true; readonly token: string; readonly warnings: readonly string[] } | TypedProblem {
  if (typed.length > maxTokenLength) {
    return problem('HEC Token is longer than 4,096 characters', 'Paste only the token value.');
  }
  const pasted = cleanTyped(typed);
  const token = cleanTyped(pasted.replace(/^(?:authorization\s*:\s*)?splunk(?:[ \t]+|$)/i, ''));
  const warnings = token === pasted ? [] : ['We removed the word Splunk in front of the token.'];
  if (token === '') {
    return problem('Enter the HEC token', 'In Splunk: Settings > Data inputs > HTTP Event Collector.');
  }
  if (isMask(token)) {
    return problem(
      'HEC Token is a hidden value, not the token itself',
      'Show the token in Splunk and copy it.',
    );
  }
  if (/[\r\n]/.test(token)) return problem('HEC Token contains a line break', 'Paste only the token value.');
  if (/\s/.test(token)) return problem('HEC Token contains a space', 'Paste only the token value.');
  if (!/^[\x21-\x7e]+$/.test(token)) {
    return problem('HEC Token contains a character that no token has', 'Copy it again from Splunk.');
  }
  if (/^(?:undefined|null|nan|\[object object\])$/i.test(token)) {
    return problem(`"${token}" is not a token`, 'A program filled this field. Copy the token from Splunk.');
  }
  if (!guid.test(token)) {
    warnings.push(
      'Splunk tokens look like 12345678-1234-1234-1234-123456789012. Check that you copied all of it.',
    );
  }
  return { ok: true, token, warnings };
}

/** Bullets or asterisks as a page shows instead of a secret, with or without the last characters. */
function isMask(token: string): boolean {
  return /[•●∙·⚫]|\*{3,}/u.test(token) || /^[*-]+$/.test(token);
}
