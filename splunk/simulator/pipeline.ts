import { answerAckQuery } from '@/splunk/simulator/ack-query';
import type { AckPlace } from '@/splunk/simulator/acks';
import { type Answer, allowAnswer, hecAnswer, Refusal, refuse } from '@/splunk/simulator/answer';
import { contentEncodingOf, refuseDeclaredLength, tooLarge } from '@/splunk/simulator/body';
import { changed } from '@/splunk/simulator/change';
import { channelOf } from '@/splunk/simulator/channel';
import { capacityRefusal } from '@/splunk/simulator/condition';
import { authorize } from '@/splunk/simulator/credentials';
import type { Exchange } from '@/splunk/simulator/exchange';
import { answerHealth } from '@/splunk/simulator/health';
import { ingest } from '@/splunk/simulator/ingest';
import type { Instance } from '@/splunk/simulator/instance';
import type { Interference } from '@/splunk/simulator/interference';
import { skipWhitespace } from '@/splunk/simulator/json-scan';
import type { Route } from '@/splunk/simulator/routes';

/**
 * Answers a HEC request as Splunk does. The numbers are the stages of hec.md §6.2; their order is part of the
 * behaviour, because the first failure decides the answer.
 * @throws ClientGone when nobody is left to answer
 */
export async function answerHec(
  exchange: Exchange,
  instance: Instance,
  interference: Interference = {},
): Promise<Answer> {
  const { request, url, route } = exchange;
  if (route === undefined) return hecAnswer(404); // 3
  if (request.method === 'OPTIONS') return allowAnswer(route.methods); // 2
  if (!route.methods.includes(request.method ?? '')) {
    return hecAnswer(404, { status: 405, headers: { Allow: route.methods.join(',') } }); // 4
  }
  if (route.kind === 'health') return interference.refusal ?? answerHealth(request, url, instance); // 5
  try {
    return await answerData(exchange, route.kind, instance, interference);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

async function answerData(
  exchange: Exchange,
  kind: Exclude<Route['kind'], 'health'>,
  instance: Instance,
  interference: Interference,
): Promise<Answer> {
  const { request, url, entry } = exchange;
  const limits = changed(instance.limits, interference.limits ?? {});
  refuseDeclaredLength(request, limits.maxContentLengthBytes); // 6
  if (instance.condition.shuttingDown) throw refuse(23); // 7
  const tokens = interference.tokenUnknown ? { find: () => undefined } : instance.tokens;
  const token = authorize(request, url, tokens); // 8 to 11
  contentEncodingOf(request); // 12
  if (kind === 'ack' && !token.useAck) throw refuse(14); // 13
  const channel = channelOf(request, url, token, instance.flavour); // 14, 15
  instance.balancer.requireCookie(request, token);
  const place = token.useAck && channel !== null ? { token, channel, node: entry.node } : undefined;

  const { bytes } = await exchange.body(limits.maxContentLengthBytes); // 16
  if (bytes.length > limits.maxContentLengthBytes) throw tooLarge();
  const full = interference.refusal ?? capacityFor(kind, place, instance); // 17
  if (full !== undefined) return full;
  if (skipWhitespace(bytes, 0) === bytes.length) throw refuse(5); // 18
  if (kind === 'ack' && place) return answerAckQuery(bytes, place, instance);

  const host = request.headers.host ?? 'localhost';
  const delivery = { kind, token, channel, place, entry, host, query: url.searchParams, limits };
  return ingest(bytes, delivery, instance, interference.failAt); // 19, 20
}

/** A question about acknowledgements takes no room. */
function capacityFor(kind: Route['kind'], place: AckPlace | undefined, instance: Instance) {
  return kind === 'ack' ? undefined : capacityRefusal(instance, place);
}
