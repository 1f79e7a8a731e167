import { z } from 'zod';
import { faultSchema } from '@/splunk/simulator/faults/fault';

/** Which events of a body are meant; all that is said must hold. */
export const eventMatcherSchema = z.strictObject({
  eventId: z.string().optional(),
  index: z.string().optional(),
  sourcetype: z.string().optional(),
  /** Part of the object's text. */
  text: z.string().optional(),
  /** A share of all event ids, always the same ones for one seed. */
  share: z.number().gt(0).lte(1).optional(),
});

export type EventMatcher = z.output<typeof eventMatcherSchema>;

const whereSchema = z.strictObject({
  /** Value or name of a token. */
  token: z.string().optional(),
  /** A kind of route, one exact path, or `any`. Without it: everything but `/health`. */
  path: z.union([z.enum(['event', 'raw', 'ack', 'health', 'any']), z.string().startsWith('/')]).optional(),
  /** Number of a connection, or of a request, from 1 since the start or the last reset. */
  connection: z.int().positive().optional(),
  request: z.int().positive().optional(),
  /** The request has such an event. */
  events: eventMatcherSchema.optional(),
  /** For lookups: the name asked for. */
  host: z.string().optional(),
});

/** Where, how often, how likely and when a fault strikes. Nothing said: always and everywhere. */
export const scopeSchema = z.strictObject({
  /** What the page calls it. */
  label: z.string().optional(),
  where: whereSchema.optional(),
  /** So many times; then it is healed. */
  times: z.int().positive().optional(),
  probability: z.number().gt(0).lte(1).optional(),
  /** From and until so many milliseconds after it was injected; then it is healed. */
  window: z
    .strictObject({ fromMs: z.number().nonnegative().default(0), untilMs: z.number().positive() })
    .optional(),
});

export type Scope = z.output<typeof scopeSchema>;
export type ScopeInput = z.input<typeof scopeSchema>;

/** A fault and its scope as one JSON value: what the control port takes and presets are made of. */
export const injectionSchema = z.strictObject({ fault: faultSchema, ...scopeSchema.shape });

export type Injection = z.input<typeof injectionSchema>;
