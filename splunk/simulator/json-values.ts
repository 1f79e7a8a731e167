import { skipWhitespace, valueEnd } from '@/splunk/simulator/json-scan';

const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;

/**
 * The values of a HEC body one after the other: concatenated, with or without whitespace, and the elements of a
 * top-level array as if they stood alone (hec.md §6.3, rules 2 and 3). Ends with `undefined` where the framing
 * breaks: an unfinished value, a comma between top-level values, a missing one between elements, or an array
 * where `rejectArrays` is set, as old releases do.
 */
export function* jsonValues(body: Uint8Array, rejectArrays: boolean): Generator<Uint8Array | undefined> {
  let at = skipWhitespace(body, 0);
  while (at < body.length) {
    if (body[at] === openBracket && !rejectArrays) {
      const end = yield* arrayElements(body, at + 1);
      if (end === undefined) return;
      at = end;
    } else {
      const end = body[at] === openBracket ? undefined : valueEnd(body, at);
      if (end === undefined) return yield undefined;
      yield body.subarray(at, end);
      at = end;
    }
    at = skipWhitespace(body, at);
  }
}

/** Yields the elements up to the closing bracket and returns the position after it, or undefined when broken. */
function* arrayElements(
  body: Uint8Array,
  from: number,
): Generator<Uint8Array | undefined, number | undefined> {
  let at = skipWhitespace(body, from);
  if (body[at] === closeBracket) return at + 1;
  for (;;) {
    const end = valueEnd(body, at);
    if (end === undefined) return yield* broken();
    yield body.subarray(at, end);
    at = skipWhitespace(body, end);
    if (body[at] === closeBracket) return at + 1;
    if (body[at] !== comma) return yield* broken();
    at = skipWhitespace(body, at + 1);
  }
}

function* broken(): Generator<undefined, undefined> {
  yield undefined;
}
