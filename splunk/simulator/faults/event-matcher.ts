import { draw } from '@/splunk/draw';
import type { EventMatcher } from '@/splunk/simulator/faults/scope';
import { eventIdOf, memberOf } from '@/splunk/simulator/store';

/** Whether an object of a body, or a line of a raw one, is an event that the matcher describes. */
export function matchesEvent(object: Uint8Array, matcher: EventMatcher, seed: number): boolean {
  const text = Buffer.from(object).toString('utf8');
  if (matcher.text !== undefined && !text.includes(matcher.text)) return false;
  const { eventId, index, sourcetype, share } = matcher;
  if ([eventId, index, sourcetype, share].every((condition) => condition === undefined)) return true;

  const envelope = parse(text);
  const id = eventIdOf({
    event: memberOf(envelope, 'event'),
    fields: recordOf(memberOf(envelope, 'fields')),
  });
  return (
    (eventId === undefined || id === eventId) &&
    (index === undefined || memberOf(envelope, 'index') === index) &&
    (sourcetype === undefined || memberOf(envelope, 'sourcetype') === sourcetype) &&
    (share === undefined || draw(seed, 'event', id ?? text) < share)
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function recordOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}
