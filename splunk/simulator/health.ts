import type { IncomingMessage } from 'node:http';
import { type Answer, hecAnswer, htmlAnswer, Refusal } from '@/splunk/simulator/answer';
import { queueFill } from '@/splunk/simulator/condition';
import { credentialOf } from '@/splunk/simulator/credentials';
import type { Instance } from '@/splunk/simulator/instance';

/** `/health`: judges the server and, as measured, neither token nor index (hec.md §6.5). */
export function answerHealth(request: IncomingMessage, url: URL, instance: Instance): Answer {
  const { condition } = instance;
  if (condition.healthBlocked) return htmlAnswer(403, 'Forbidden');
  if (condition.shuttingDown) return hecAnswer(23);
  const documented = condition.strictHealth ? judgeToken(request, url, instance) : undefined;
  if (documented !== undefined) return documented;

  const queueFull = queueFill(instance) >= 1;
  const ackDown = condition.ackService === 'down' && url.searchParams.get('ack') === 'true';
  if (queueFull && ackDown) return hecAnswer(20);
  if (ackDown) return hecAnswer(19);
  return hecAnswer(queueFull ? 18 : 17);
}

/** Codes 21 and 22: documented, never observed, so off unless a test asks for them. */
function judgeToken(request: IncomingMessage, url: URL, instance: Instance): Answer | undefined {
  try {
    const token = instance.tokens.find(credentialOf(request, url).value);
    if (token === undefined) return hecAnswer(21);
    return token.disabled ? hecAnswer(22) : undefined;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
