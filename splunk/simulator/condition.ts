import type { Answer } from '@/splunk/simulator/answer';
import { hecAnswer } from '@/splunk/simulator/answer';
import type { HecCode } from '@/splunk/simulator/codes';

/** How the simulated Splunk is doing; a test changes it while requests run. */
export type Condition = {
  /** Fill of the ingest queue: 1 and more is full, above 0.8 Splunk may warn. */
  readonly queueFill: number;
  readonly ackService: 'up' | 'down';
  readonly shuttingDown: boolean;
  /** `backpressureState` of inputs.conf: off answers 503/9 when full, warn_at_80 answers 200/24 and then 429/26. */
  readonly backpressure: 'off' | 'warn_at_80';
  /** Health by the documentation, which judges the token (21, 22); measured Splunk ignores it (17). */
  readonly strictHealth: boolean;
  /** A firewall in front of `/health` while `/event` works: refuse with an HTML page. */
  readonly healthBlocked: boolean;
};

export const wellCondition: Condition = {
  queueFill: 0,
  ackService: 'up',
  shuttingDown: false,
  backpressure: 'off',
  strictHealth: false,
  healthBlocked: false,
};

const warnAbove = 0.8;

export function queueIsFull(condition: Condition): boolean {
  return condition.queueFill >= 1;
}

/** The refusal of a full queue (hec.md §6.2, stage 17), or undefined while there is room. */
export function capacityRefusal(condition: Condition): Answer | undefined {
  if (!queueIsFull(condition)) return undefined;
  return hecAnswer(condition.backpressure === 'off' ? 9 : 26);
}

/** Code of an accepted request: 24 is delivered too, with the advice to slow down. */
export function acceptedCode(condition: Condition): HecCode {
  return condition.backpressure === 'warn_at_80' && condition.queueFill > warnAbove ? 24 : 0;
}
