import { z } from 'zod';
import { type HecCode, hecCodes } from '@/splunk/simulator/codes';
import { limitsSchema } from '@/splunk/simulator/limits';
import { tlsVariants } from '@/splunk/simulator/tls-variants';

/*
 * Everything that can go wrong (hec.md §6.6), as data: the same shape in a test, on the control port and in a preset.
 * Times are milliseconds. `store` says whether the events are taken although the answer denies it.
 */

const ms = z.number().nonnegative();
const hecCode = z.custom<HecCode>(
  (code) => typeof code === 'number' && code in hecCodes,
  'code must be a HEC code: 0 to 28 or 404',
);
/** Seconds, or a date so many seconds ahead, or a text sent as it is. */
const waiting = {
  retryAfter: z.union([z.number().nonnegative(), z.string()]).optional(),
  retryAfterAs: z.enum(['seconds', 'date']).default('seconds'),
};
const store = z.boolean().default(false);

/** Splunk itself is in trouble and says so. */
const troubles = [
  z.strictObject({
    kind: z.literal('busy'),
    ...waiting,
    /** Takes so many events first and names the next one, as Splunk was seen to do. */
    storeFirst: z.int().nonnegative().optional(),
  }),
  z.strictObject({ kind: z.literal('capacity'), code: z.literal([26, 27]).default(26), ...waiting }),
  z.strictObject({ kind: z.literal('warn'), code: z.literal([24, 25]).default(24) }),
  z.strictObject({ kind: z.literal('internal'), store }),
  z.strictObject({ kind: z.literal('notFound') }),
  /** The share of connections that end on an indexer which does not know the token. */
  z.strictObject({ kind: z.literal('tokenFlap'), share: z.number().gt(0).lte(1).default(0.5) }),
  /** Any code, nothing stored; the number may be one that makes no sense. */
  z.strictObject({
    kind: z.literal('refuse'),
    code: hecCode,
    invalidEventNumber: z.union([z.number(), z.string()]).optional(),
  }),
  /** Fails the object at `position`, else the first one that `where.events` describes. */
  z.strictObject({
    kind: z.literal('partial'),
    code: hecCode.default(6),
    position: z.int().nonnegative().optional(),
  }),
  z.strictObject({ kind: z.literal('limit'), ...limitsSchema.partial().shape }),
] as const;

/** What answers is not Splunk, or not quite. */
const disguises = [
  z.strictObject({ kind: z.literal('gateway'), status: z.literal([502, 503, 504]).default(502), ...waiting }),
  z.strictObject({ kind: z.literal('html200') }),
  z.strictObject({
    kind: z.literal('redirect'),
    status: z.literal([301, 302, 303, 307, 308]).default(302),
    location: z.string().default('/en-US/account/login'),
  }),
  z.strictObject({ kind: z.literal('proxyAuth') }),
  z.strictObject({
    kind: z.literal('bodyVariant'),
    variant: z.enum([
      'spaces',
      'ok',
      'empty',
      'htmlError',
      'unknownCode',
      'codeAsText',
      'noText',
      'byteOrderMark',
      'huge',
    ]),
    /** Answers with this status and takes nothing; without it the honest answer is what gets bent. */
    status: z.int().min(200).max(599).optional(),
  }),
  /** Whatever a test writes down. */
  z.strictObject({
    kind: z.literal('answer'),
    status: z.int().min(200).max(599).optional(),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
    delayMs: ms.optional(),
    store: z.boolean().optional(),
    destroy: z.enum(['before', 'after']).optional(),
  }),
] as const;

/** The connection is in trouble. */
const wires = [
  z.strictObject({ kind: z.literal('slowHeaders'), ms: ms.default(3000) }),
  z.strictObject({ kind: z.literal('slowBody'), everyMs: ms.default(200) }),
  z.strictObject({ kind: z.literal('hang') }),
  z.strictObject({ kind: z.literal('hangAfterStore') }),
  z.strictObject({ kind: z.literal('resetBeforeRead') }),
  z.strictObject({ kind: z.literal('resetMidRequest') }),
  z.strictObject({ kind: z.literal('resetAfterStore') }),
  z.strictObject({ kind: z.literal('resetMidResponse'), store: z.boolean().default(true) }),
  z.strictObject({ kind: z.literal('closeIdle'), afterMs: ms.default(0) }),
  z.strictObject({ kind: z.literal('truncateResponse'), store: z.boolean().default(true) }),
  z.strictObject({ kind: z.literal('garbage'), store }),
] as const;

/** Before there is a request: the certificate shown, and what the name resolves to. */
const beforehand = [
  z.strictObject({ kind: z.literal('tls'), variant: z.enum(tlsVariants) }),
  z.strictObject({
    kind: z.literal('dns'),
    mode: z.enum(['nxdomain', 'servfail', 'silent', 'private', 'changing']),
    /** For `private` its addresses, for `changing` one for each lookup in turn. */
    addresses: z
      .array(z.union([z.ipv4(), z.ipv6()]))
      .min(1)
      .optional(),
  }),
] as const;

export const faultSchema = z.discriminatedUnion('kind', [...troubles, ...disguises, ...wires, ...beforehand]);

/** A fault with everything said. */
export type Fault = z.output<typeof faultSchema>;
/** A fault as it may be written down: what is left out has a default. */
export type FaultInput = z.input<typeof faultSchema>;
export type FaultOf<Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>;
