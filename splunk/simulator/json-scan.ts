/*
 * Where a JSON value ends, found in the bytes. HEC bodies are JSON values in a row, which `JSON.parse` cannot
 * take apart; the scanner finds the extent of one value and leaves judging its grammar to `JSON.parse`.
 * All structural characters are ASCII and never occur inside a multi-byte UTF-8 sequence, so bytes suffice.
 */

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const comma = 0x2c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/** Deeper values are refused, so that nothing that walks them later can exhaust the stack; a choice, not Splunk's. */
const maxDepth = 512;

/** The first position at or after `from` that is not JSON whitespace. */
export function skipWhitespace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isWhitespace(bytes[at])) at++;
  return at;
}

/** The position after the value that starts at `from`; undefined when it is cut off, too deep, or not there. */
export function valueEnd(bytes: Uint8Array, from: number): number | undefined {
  const first = bytes[from];
  if (first === quote) return stringEnd(bytes, from);
  if (first === openBrace || first === openBracket) return containerEnd(bytes, from);
  let at = from;
  while (at < bytes.length && !isWhitespace(bytes[at]) && !isStructural(bytes[at])) at++;
  return at > from ? at : undefined;
}

/** The members of an object that `JSON.parse` has accepted: each key with the bytes of its value, in order. */
export function* members(object: Uint8Array): Generator<readonly [key: string, value: Uint8Array]> {
  let at = skipWhitespace(object, 1);
  while (object[at] === quote) {
    const keyEnd = valueEnd(object, at);
    if (keyEnd === undefined) return;
    const key: unknown = JSON.parse(Buffer.from(object.subarray(at, keyEnd)).toString('utf8'));
    const valueStart = skipWhitespace(object, skipWhitespace(object, keyEnd) + 1);
    const end = valueEnd(object, valueStart);
    if (end === undefined) return;
    yield [String(key), object.subarray(valueStart, end)];
    at = skipWhitespace(object, skipWhitespace(object, end) + 1);
  }
}

function containerEnd(bytes: Uint8Array, from: number): number | undefined {
  let depth = 0;
  let at = from;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === quote) {
      const end = stringEnd(bytes, at);
      if (end === undefined) return undefined;
      at = end;
      continue;
    }
    if (byte === openBrace || byte === openBracket) depth++;
    if (depth > maxDepth) return undefined;
    // Any closer closes: `{]` becomes a value of two bytes, which JSON.parse then refuses.
    if (byte === closeBrace || byte === closeBracket) depth--;
    at++;
    if (depth === 0) return at;
  }
  return undefined;
}

function stringEnd(bytes: Uint8Array, from: number): number | undefined {
  for (let at = from + 1; at < bytes.length; at++) {
    if (bytes[at] === backslash) at++;
    else if (bytes[at] === quote) return at + 1;
  }
  return undefined;
}

function isWhitespace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function isStructural(byte: number | undefined): boolean {
  return (
    byte === quote ||
    byte === colon ||
    byte === comma ||
    byte === openBrace ||
    byte === closeBrace ||
    byte === openBracket ||
    byte === closeBracket
  );
}
