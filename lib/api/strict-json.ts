/** The text is not JSON as we take it; the message says why, in words for the caller. */
export class JsonProblem extends Error {
  override readonly name = 'JsonProblem';
}

/**
 * JSON.parse that refuses what readers disagree about: a member that stands twice in an object, and text that cannot be
 * stored (NUL, half of a surrogate pair). Throws a {@link JsonProblem}.
 */
export function parseStrictJson(text: string): unknown {
  const value = parse(text);
  const twice = repeatedMember(text);
  if (twice !== undefined) throw new JsonProblem(`The member ${twice} stands twice in one object.`);
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text, (_name, value: unknown) => {
      if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed()))
        throw new JsonProblem('A text has a character that cannot be stored.');
      return value;
    });
  } catch (error) {
    if (error instanceof JsonProblem) throw error;
    throw new JsonProblem('The body is not JSON.');
  }
}

/** The first member of a well-formed text that its object already has, as it is written there. */
function repeatedMember(text: string): string | undefined {
  // A member's name is a text before a colon; in well-formed JSON no other text is followed by one.
  const tokens = /("(?:[^"\\]|\\.)*")(\s*:)?|[{}]/g;
  const open: Set<unknown>[] = [];
  for (const [token, quoted, colon] of text.matchAll(tokens)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (quoted !== undefined && colon !== undefined) {
      const names = open.at(-1);
      const name: unknown = JSON.parse(quoted);
      if (names?.has(name)) return quoted;
      names?.add(name);
    }
  }
  return undefined;
}
