import { z } from 'zod';
import type { AckPlace } from '@/splunk/simulator/acks';
import { type Answer, hecAnswer, jsonAnswer } from '@/splunk/simulator/answer';
import type { Instance } from '@/splunk/simulator/instance';

const querySchema = z.object({ acks: z.array(z.int()) });

/** `/ack`: which of the ids are indexed. A body that does not ask this is code 6 without a number; a choice. */
export function answerAckQuery(body: Buffer, place: AckPlace, instance: Instance): Answer {
  const query = querySchema.safeParse(parse(body));
  if (!query.success) return hecAnswer(6);
  const down = instance.condition.ackService === 'down';
  const acks = instance.acks.report(place, down ? [] : query.data.acks);
  // Of a service that is down nobody knows the answer; that it confirms nothing is a choice.
  for (const id of down ? query.data.acks : []) acks[id] = false;
  return jsonAnswer(200, { acks });
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
