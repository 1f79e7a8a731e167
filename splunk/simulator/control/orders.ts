import { z } from 'zod';
import { ackSettingsSchema } from '@/splunk/simulator/acks';
import { changed } from '@/splunk/simulator/change';
import { conditionSchema } from '@/splunk/simulator/condition';
import type { Inspected } from '@/splunk/simulator/control/inspected';
import { injectionSchema } from '@/splunk/simulator/faults/scope';
import { indexSchema } from '@/splunk/simulator/indexes';
import { forget, heal } from '@/splunk/simulator/instance';
import { limitsSchema } from '@/splunk/simulator/limits';
import { injectionsOf, isRehearsal, type RehearsalName } from '@/splunk/simulator/rehearsals';
import { tlsVariants } from '@/splunk/simulator/tls-variants';
import { tokenChangeSchema } from '@/splunk/simulator/tokens';

/** Well-formed, and without any effect here. */
export class OrderImpossible extends Error {
  override readonly name = 'OrderImpossible';
}

/** Carries out what was sent and returns what to answer. Throws ZodError or OrderImpossible. */
type Order = (values: unknown, inspected: Inspected) => unknown;

const emptyAsAbsent = (value: unknown) => (value === '' ? undefined : value);

const rehearseSchema = z.strictObject({
  name: z.custom<RehearsalName>(
    (name) => typeof name === 'string' && isRehearsal(name),
    'name must be the name of a rehearsal',
  ),
  times: z.preprocess(emptyAsAbsent, z.coerce.number().int().positive().optional()),
});

const faultId = z.coerce.number().int().positive();
/** One number, several, or none for all. */
const healSchema = z.strictObject({ id: z.union([faultId, z.array(faultId)]).optional() });

const nothing = z.unknown();

/** What can be ordered, by path. */
export const orders: ReadonlyMap<string, Order> = new Map<string, Order>([
  [
    '/simulator/faults',
    order(injectionSchema, (injection, inspected) => ({ id: inject(injection, inspected) })),
  ],
  [
    '/simulator/rehearse',
    order(rehearseSchema, ({ name, times }, inspected) => {
      const injections = injectionsOf(name, times).map((injection) => injectionSchema.parse(injection));
      return { ids: injections.map((injection) => inject(injection, inspected)) };
    }),
  ],
  [
    '/simulator/heal',
    order(healSchema, ({ id }, { instance }) => {
      if (id === undefined) return { healed: heal(instance) };
      return { healed: [id].flat().filter((one) => heal(instance, one)).length > 0 };
    }),
  ],
  [
    '/simulator/forget',
    order(nothing, (_, { instance }) => {
      forget(instance);
      return { forgotten: true };
    }),
  ],
  [
    '/simulator/reset',
    order(nothing, (_, { instance }) => {
      forget(instance);
      heal(instance);
      return { reset: true };
    }),
  ],
  ['/simulator/tokens', order(tokenChangeSchema, (token, { instance }) => instance.tokens.set(token))],
  [
    '/simulator/tokens/remove',
    order(tokenChangeSchema.pick({ value: true }), ({ value }, { instance }) => {
      instance.tokens.remove(value);
      return { removed: true };
    }),
  ],
  [
    '/simulator/indexes',
    order(indexSchema, (index, { instance }) => {
      instance.indexes.set(index);
      return { indexes: instance.indexes.names() };
    }),
  ],
  [
    '/simulator/indexes/remove',
    order(indexSchema.pick({ name: true }), ({ name }, { instance }) => {
      instance.indexes.remove(name);
      return { indexes: instance.indexes.names() };
    }),
  ],
  [
    '/simulator/condition',
    order(conditionSchema.partial(), (change, { instance }) => {
      instance.condition = changed(instance.condition, change);
      return instance.condition;
    }),
  ],
  [
    '/simulator/limits',
    order(limitsSchema.partial(), (change, { instance }) => {
      instance.limits = changed(instance.limits, change);
      return instance.limits;
    }),
  ],
  [
    '/simulator/acks',
    order(ackSettingsSchema.partial(), (change, { instance }) => {
      instance.acks.settings = changed(instance.acks.settings, change);
      return instance.acks.settings;
    }),
  ],
  [
    '/simulator/tls',
    order(z.strictObject({ variant: z.enum(tlsVariants) }), ({ variant }, { certificates }) => {
      certificates.use(variant);
      return { variant };
    }),
  ],
]);

function inject({ fault, ...scope }: z.output<typeof injectionSchema>, inspected: Inspected): number {
  const { instance, certificates } = inspected;
  if (fault.kind === 'tls' && certificates.standing === undefined) {
    throw new OrderImpossible('This port speaks plain HTTP and shows no certificate. Start it with --https.');
  }
  return instance.faults.inject(fault, scope);
}

function order<Schema extends z.ZodType>(
  schema: Schema,
  carryOut: (values: z.output<Schema>, inspected: Inspected) => unknown,
): Order {
  return (values, inspected) => carryOut(schema.parse(values), inspected);
}
