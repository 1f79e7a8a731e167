import { z } from 'zod';
import type { HecCode } from '@/splunk/simulator/codes';
import { members } from '@/splunk/simulator/json-scan';
import type { Token } from '@/splunk/simulator/tokens';

/** One accepted event envelope; absent keys are undefined and take the token's defaults. */
export type Envelope = {
  readonly event: unknown;
  /** Epoch seconds; undefined means the time of receipt. */
  readonly time: number | undefined;
  readonly host?: string | undefined;
  readonly source?: string | undefined;
  readonly sourcetype?: string | undefined;
  readonly index?: string | undefined;
  readonly fields: Readonly<Record<string, unknown>> | undefined;
  /** The object's own text, byte for byte. */
  readonly raw: string;
};

export type Judgement =
  | { readonly verdict: 'accept'; readonly envelope: Envelope }
  /** Swallowed without a word: `fields` without `event` that is no metric. */
  | { readonly verdict: 'skip' }
  /** Splunk stops reading here without saying so: an unknown envelope key. */
  | { readonly verdict: 'stop' }
  | { readonly verdict: 'refuse'; readonly code: HecCode };

const envelopeKeys: ReadonlySet<string> = new Set([
  'time',
  'host',
  'source',
  'sourcetype',
  'index',
  'event',
  'fields',
]);

// An empty text counts as absent; another type than text is refused. Both are choices: nobody has measured them.
const optionalText = z
  .string()
  .optional()
  .transform((text) => text || undefined);
const metadataSchema = z.object({
  host: optionalText,
  source: optionalText,
  sourcetype: optionalText,
  index: optionalText,
});

// Splunk refuses exponents, decimal commas and words, so the literal counts and not the number it denotes.
const plainDecimal = /^\d+(\.\d+)?$/;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Judges one JSON value of a batch by the checks of hec.md §6.3 rule 5; the first failure wins.
 * `defaultIndex` is the request's `?index=`, which stands in for a missing key.
 */
export function judgeObject(
  bytes: Uint8Array,
  token: Token,
  maxEventBytes: number,
  defaultIndex?: string,
): Judgement {
  if (bytes.length > maxEventBytes) return refused(6);
  const raw = decode(bytes);
  const object = raw === undefined ? undefined : parseObject(raw);
  if (raw === undefined || object === undefined) return refused(6);

  if (Object.keys(object).some((key) => !envelopeKeys.has(key))) return { verdict: 'stop' };

  const { event, fields } = object;
  if (event === null) return refused(6);
  if (event === undefined && fields === undefined) return refused(12);
  if (typeof event === 'string' && event.trim() === '') return refused(13);
  if (fields !== undefined && !isRecord(fields)) return refused(6);
  if (fields !== undefined && !Object.values(fields).every(isFlat)) return refused(15);

  const time = 'time' in object ? readTime(bytes) : undefined;
  if (time === 'unreadable') return refused(15);
  if (event === undefined && !isMetric(fields)) return { verdict: 'skip' };

  const metadata = metadataSchema.safeParse(object);
  if (!metadata.success) return refused(6);
  const index = metadata.data.index ?? defaultIndex;
  if (index !== undefined && !mayWriteTo(token, index)) return refused(7);
  return { verdict: 'accept', envelope: { ...metadata.data, event, time, index, fields, raw } };
}

function refused(code: HecCode): Judgement {
  return { verdict: 'refuse', code };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Reads `time` from its literal, a number or the same in quotes. */
function readTime(object: Uint8Array): number | 'unreadable' {
  let literal = '';
  for (const [key, value] of members(object))
    if (key === 'time') literal = Buffer.from(value).toString('utf8');
  const quoted = /^"(.*)"$/s.exec(literal)?.[1];
  const text = quoted ?? literal;
  return plainDecimal.test(text) ? Number(text) : 'unreadable';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function isFlat(value: unknown): boolean {
  return Array.isArray(value) ? value.every(isScalar) : isScalar(value);
}

/** Whether the token's list of indexes, if it has one, names this index. */
export function mayWriteTo({ allowedIndexes }: Token, index: string): boolean {
  return allowedIndexes.length === 0 || allowedIndexes.includes(index);
}

function isMetric(fields: Readonly<Record<string, unknown>> | undefined): boolean {
  return Object.keys(fields ?? {}).some((key) => key.startsWith('metric_name'));
}
