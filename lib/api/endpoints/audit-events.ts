import { z } from 'zod';
import { noParameters, nothing, specify } from '@/lib/api/endpoint';
import { eventDeliverySchema } from '@/lib/api/endpoints/event-delivery';
import { pageParameters } from '@/lib/api/paging';
import { auditActions, isAuditAction } from '@/lib/audit/catalog';
import { recordSchema } from '@/lib/audit/columns';
import { type FilterKey, type Preset, presets } from '@/lib/audit/filter/audit-filter';
import { canonicalRange } from '@/lib/audit/filter/values';
import { origins, results } from '@/lib/audit/filter/vocabulary';

const scope = 'audit_log:read';
const maxTextLength = 200;
const maxActions = 20;

const instant = z.iso.datetime({ offset: true });
const isFamily = (name: string) =>
  name.endsWith('.*') && auditActions.some((action) => action.startsWith(name.slice(0, -1)));

const actionList = z
  .string()
  .max(2_000)
  .transform((text, context) => {
    const names = [...new Set(text.split(','))];
    const unknown = names.filter((name) => !isAuditAction(name) && !isFamily(name));
    for (const name of unknown.slice(0, 10))
      context.addIssue({ code: 'custom', message: `There is no action “${name.slice(0, 60)}”.` });
    if (names.length > maxActions)
      context.addIssue({ code: 'custom', message: `Name at most ${maxActions} actions.` });
    return names;
  });

/** The sealed record of docs/events.md between its place in the chain and its delivery. */
const eventSchema = z
  .object({
    seq: z.int().meta({ description: 'Counts the events of the organization without a gap.' }),
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .meta({ description: 'Seals this event and all before it.' }),
    ...recordSchema.shape,
    delivery: z
      .array(eventDeliverySchema)
      .meta({ description: 'Where it stands with each SIEM integration. Not a part of the sealed record.' }),
  })
  .meta({ id: 'AuditEvent' });

const text = z.string().max(maxTextLength);
const address = text.refine((value) => canonicalRange(value) !== undefined, {
  error: 'This is not an address. Write it like 203.0.113.7 or 203.0.113.0/24.',
});
const lastTime = z.enum([...(Object.keys(presets) as Preset[]), 'all']);

/** What an event must be; each may be excluded, too. */
const values = {
  action: actionList.meta({
    description: 'Actions, or families such as `scan.*`, with commas between them.',
  }),
  actor: text.meta({ description: 'An id, or the beginning of a name or an e-mail address.' }),
  target: text.meta({ description: 'An id, or the beginning of a name.' }),
  result: z.enum(results),
  ip: address.meta({ description: 'An address, or a range such as `203.0.113.0/24`.' }),
  origin: z.enum(origins),
  request: text.meta({ description: 'The id of one request.' }),
  session: text.meta({ description: 'The id of one sign-in.' }),
} satisfies Record<Exclude<FilterKey, 'text'>, z.ZodType>;

const times = {
  range: lastTime.meta({ description: 'How far back, from now. Not together with `from` or `to`.' }),
  from: instant.meta({ description: 'Events at this time or later.' }),
  to: instant.meta({ description: 'Events before this time.' }),
};

type Negated<Shape> = { [Name in keyof Shape & string as `not_${Name}`]: Shape[Name] };

/** The same parameters, which exclude. */
function negated<Shape extends Record<string, z.ZodType>>(shape: Shape): Negated<Shape> {
  const entries = Object.entries(shape).map(([name, schema]) => [
    `not_${name}`,
    schema.meta({ description: `Excludes what \`${name}\` asks for.` }),
  ]);
  return Object.fromEntries(entries) as Negated<Shape>;
}

/** The parameters that are filters of Settings > Audit Log. */
const filters = z
  .object({
    q: text.meta({
      description:
        'Words in names, e-mail addresses, ids, the action or the address, and the query language of docs/audit-log.md, which takes several values of a key: `actor:ben,"Fox, Alice" -ip:203.0.113.0/24`.',
    }),
    ...values,
    ...negated(values),
    ...times,
    ...negated(times),
  })
  .partial().shape;

export const listAuditEventsSpec = specify({
  operationId: 'listAuditEvents',
  method: 'GET',
  path: '/audit-events',
  summary: 'Lists events, the newest first',
  description:
    'Pages neither lose nor repeat an event while others arrive. To follow the log, keep `newer` and ask with it again: it answers what happened since.',
  scope,
  params: noParameters,
  query: z.strictObject({
    ...filters,
    ...pageParameters,
  }),
  body: nothing,
  status: 200,
  answer: z.object({
    data: z.array(eventSchema),
    older: z.string().nullable().meta({ description: 'The cursor of the next page; null on the last one.' }),
    newer: z.string().meta({ description: 'The cursor of events that are newer than these.' }),
  }),
});

export const getAuditEventSpec = specify({
  operationId: 'getAuditEvent',
  method: 'GET',
  path: '/audit-events/{id}',
  summary: 'Returns one event',
  scope,
  params: z.strictObject({ id: z.uuid() }),
  query: noParameters,
  body: nothing,
  status: 200,
  answer: eventSchema,
  problems: ['not-found'],
});

export const getCatalogSpec = specify({
  operationId: 'getAuditCatalog',
  method: 'GET',
  path: '/audit-events/catalog',
  summary: 'Returns every kind of event',
  description: 'What can be recorded by this version, with the JSON Schema of each event’s metadata.',
  scope,
  params: noParameters,
  query: noParameters,
  body: nothing,
  status: 200,
  answer: z.object({
    data: z.array(
      z.object({
        action: z.string(),
        group: z.enum(['User', 'Organization', 'Scan', 'Other']),
        label: z.string(),
        description: z.string(),
        target: z.string(),
        extension: z.boolean().meta({ description: 'Not one of the 24 events of the specification.' }),
        metadata: z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema.' }),
      }),
    ),
  }),
});
