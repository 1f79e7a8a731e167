import type { IncomingMessage } from 'node:http';
import { channelOf } from '@/splunk/simulator/acks';
import { type Answer, allowAnswer, hecAnswer, Refusal, refuse } from '@/splunk/simulator/answer';
import { contentEncodingOf, readBody, refuseDeclaredLength } from '@/splunk/simulator/body';
import { capacityRefusal } from '@/splunk/simulator/condition';
import { authorize } from '@/splunk/simulator/credentials';
import { answerHealth } from '@/splunk/simulator/health';
import { ingest } from '@/splunk/simulator/ingest';
import type { Instance } from '@/splunk/simulator/instance';
import type { JournalEntry } from '@/splunk/simulator/journal';
import { skipWhitespace } from '@/splunk/simulator/json-scan';
import { findRoute } from '@/splunk/simulator/routes';

/** One HEC request under way. */
export type Exchange = {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly entry: JournalEntry;
};

/**
 * Answers a HEC request as Splunk does. The numbers are the stages of hec.md §6.2; their order is part of the
 * behaviour, because the first failure decides the answer.
 * @throws ClientGone when nobody is left to answer
 */
export async function answerHec(exchange: Exchange, instance: Instance): Promise<Answer> {
  const { request, url } = exchange;
  const route = findRoute(url.pathname);
  if (route === undefined) return hecAnswer(404); // 3
  if (request.method === 'OPTIONS') return allowAnswer(route.methods); // 2
  if (!route.methods.includes(request.method ?? '')) {
    return hecAnswer(404, { status: 405, headers: { Allow: route.methods.join(',') } }); // 4
  }
  if (route.kind === 'health') return answerHealth(request, url, instance); // 5
  try {
    return await answerEvents(exchange, instance);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

async function answerEvents({ request, url, entry }: Exchange, instance: Instance): Promise<Answer> {
  const { maxContentLengthBytes } = instance.limits;
  refuseDeclaredLength(request, maxContentLengthBytes); // 6
  if (instance.condition.shuttingDown) throw refuse(23); // 7
  const token = authorize(request, url, instance.tokens); // 8 to 11
  const encoding = contentEncodingOf(request); // 12
  const channel = channelOf(request, url, token, instance.flavour); // 14, 15

  const body = await readBody(request, encoding, maxContentLengthBytes); // 16
  entry.wireBytes = body.wireBytes;
  entry.decodedBytes = body.bytes.length;

  const full = capacityRefusal(instance.condition); // 17
  if (full !== undefined) return full;
  if (skipWhitespace(body.bytes, 0) === body.bytes.length) throw refuse(5); // 18

  const host = request.headers.host ?? 'localhost';
  return ingest(body.bytes, { token, channel, entry, host, query: url.searchParams }, instance); // 19, 20
}
