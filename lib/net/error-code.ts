/**
 * The code of a network error: its own, or the first one among its causes and, for a connection tried at several
 * addresses, its parts. Node, OpenSSL and undici name their errors by code and change the messages.
 */
export function codeOf(error: unknown): string {
  return findCode(error, 0) ?? 'UNKNOWN';
}

function findCode(error: unknown, depth: number): string | undefined {
  // A chain of causes may be a circle.
  if (depth > 5 || typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  // undici 7's parser error has no code for some answers that are not HTTP at all.
  if ('name' in error && error.name === 'HTTPParserError') return 'HPE_INVALID';
  const parts: unknown[] = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  const inner = 'cause' in error ? [error.cause, ...parts] : parts;
  for (const part of inner) {
    const code = findCode(part, depth + 1);
    if (code) return code;
  }
  return undefined;
}
