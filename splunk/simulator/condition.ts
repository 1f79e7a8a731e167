import { z } from 'zod';
import type { AckPlace } from '@/splunk/simulator/acks';
import { type Answer, hecAnswer } from '@/splunk/simulator/answer';
import type { HecCode } from '@/splunk/simulator/codes';
import type { Instance } from '@/splunk/simulator/instance';

/** How the simulated Splunk is doing; a test changes it while requests run. */
export const conditionSchema = z.strictObject({
  /** Fill of the ingest queue at least: 1 and more is full, above 0.8 Splunk may warn. */
  queueFill: z.number().nonnegative(),
  ackService: z.enum(['up', 'down']),
  shuttingDown: z.boolean(),
  /** `backpressureState` of inputs.conf: off answers 503/9 when full, warn_at_80 answers 200/24 and then 429/26. */
  backpressure: z.enum(['off', 'warn_at_80']),
  /** Health by the documentation, which judges the token (21, 22); measured Splunk ignores it (17). */
  strictHealth: z.boolean(),
  /** A firewall in front of `/health` while `/event` works: an HTML page, or a reset connection. */
  healthBlocked: z.union([z.boolean(), z.literal('reset')]),
});

export type Condition = Readonly<z.output<typeof conditionSchema>>;

export const wellCondition: Condition = {
  queueFill: 0,
  ackService: 'up',
  shuttingDown: false,
  backpressure: 'off',
  strictHealth: false,
  healthBlocked: false,
};

const warnAbove = 0.8;

/** Fill of the ingest queue: what was set, or what has piled up. */
export function queueFill({ condition, queue, limits }: Instance): number {
  return Math.max(condition.queueFill, queue.fill(limits));
}

/** The refusal of a full queue or acknowledgement table (hec.md §6.2, stage 17), or undefined while there is room. */
export function capacityRefusal(instance: Instance, place: AckPlace | undefined): Answer | undefined {
  const full = queueFill(instance) >= 1 ? 26 : ackFill(instance, place) >= 1 ? 27 : undefined;
  if (full === undefined) return undefined;
  return hecAnswer(instance.condition.backpressure === 'off' ? 9 : full);
}

/** Code of an accepted request: 24 and 25 are delivered too, with the advice to slow down. */
export function acceptedCode(instance: Instance, place: AckPlace | undefined): HecCode {
  if (instance.condition.backpressure === 'off') return 0;
  if (queueFill(instance) > warnAbove) return 24;
  return ackFill(instance, place) > warnAbove ? 25 : 0;
}

function ackFill({ acks, limits }: Instance, place: AckPlace | undefined): number {
  return place ? acks.fill(place, limits) : 0;
}
