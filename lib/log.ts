import pino from 'pino';
import { logLevel } from '@/lib/env';

/** Names whose values never reach a log line, at any depth and in any spelling: hecToken, set-cookie, APP_SECRET. */
const secretName = /token|authorization|password|secret|cookie|credential/i;
/** Names that only sound like one: the last four characters are shown on the page anyway. */
const harmlessName = /^token_?last4$/i;
/** Credentials inside of free text, for example in the message of a library's error. Never eats JSON's \" */
const credential = /\b(Splunk|Bearer|Basic) +[^\s"'\\,;]{16,}/gi;

/** An API key of ours, known by its shape wherever it stands; what is before its second underscore may be read. */
const apiKey = /\b(tk_[0-9A-Za-z]{10})_[0-9A-Za-z]{8,}/g;

const removed = '[redacted]';
/** What lies deeper is cut: a log line describes, it does not archive. */
const maxDepth = 6;

function redact(value: unknown, depth: number): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  if (depth >= maxDepth) return '[cut]';
  if (value instanceof Error) return describeError(value, depth);
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return redactMembers(value, depth);
}

function redactMembers(value: object, depth = 0): Record<string, unknown> {
  const isSecret = (name: string) => secretName.test(name) && !harmlessName.test(name);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      isSecret(name) ? removed : redact(member, depth + 1),
    ]),
  );
}

/** Only these members: libraries hang requests with their headers, and statements with their parameters, on errors. */
function describeError(error: Error, depth: number): Record<string, unknown> {
  return {
    type: error.name,
    message: error.message,
    ...('code' in error && { code: redact(error.code, depth + 1) }),
    stack: error.stack,
    ...(error.cause !== undefined && { cause: redact(error.cause, depth + 1) }),
  };
}

/** A logger that writes one JSON line per entry, without secrets, to `destination` or standard output. */
export function createLog(
  level: string,
  destination: pino.DestinationStream = pino.destination(1),
): pino.Logger {
  // lib/env.ts reports an unknown level in words; the logger must not be what fails before it.
  const known = level === 'silent' || Object.hasOwn(pino.levels.values, level);
  return pino(
    {
      level: known ? level : 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: (entry) => redactMembers(entry) },
      serializers: { err: (described: unknown) => described },
      hooks: {
        streamWrite: (line) => line.replace(credential, `$1 ${removed}`).replace(apiKey, `$1_${removed}`),
      },
    },
    destination,
  );
}

/** The log of this process. Secrets are removed by name and by shape; still, hand it only what helps its reader. */
export const log = createLog(logLevel());
