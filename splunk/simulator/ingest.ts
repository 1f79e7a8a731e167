import { type Answer, hecAnswer } from '@/splunk/simulator/answer';
import { acceptedCode } from '@/splunk/simulator/condition';
import { type Envelope, judgeObject } from '@/splunk/simulator/envelope';
import type { Instance } from '@/splunk/simulator/instance';
import type { JournalEntry } from '@/splunk/simulator/journal';
import { jsonValues } from '@/splunk/simulator/json-values';
import type { Token } from '@/splunk/simulator/tokens';

/** What the request says about all of its events. */
type Delivery = {
  readonly token: Token;
  readonly channel: string | null;
  readonly entry: JournalEntry;
  /** The `Host` header: Splunk's default for `host`. */
  readonly host: string;
  /** `?index=` and its kin stand in for missing keys. */
  readonly query: URLSearchParams;
};

/**
 * Takes the events of one body in order, until the first that fails. What stood before it stays accepted, what
 * stands after it is not looked at: the partial success of hec.md §2.2.
 */
export function ingest(body: Uint8Array, delivery: Delivery, instance: Instance): Answer {
  const { token, channel, entry, query } = delivery;
  const defaultIndex = query.get('index') || undefined;
  let position = 0;
  for (const value of jsonValues(body, instance.rejectArrays)) {
    const judgement =
      value === undefined
        ? ({ verdict: 'refuse', code: 6 } as const)
        : judgeObject(value, token, instance.limits.maxEventBytes, defaultIndex);

    if (judgement.verdict === 'stop') {
      if (entry.stored === 0) return hecAnswer(5);
      break;
    }
    if (judgement.verdict === 'refuse') {
      // Splunk counts the object of code 7 as read already, hence its number is one higher.
      const invalidEventNumber = judgement.code === 7 ? position + 1 : position;
      const ackId = entry.stored > 0 ? instance.acks.issue(token, channel) : undefined;
      return hecAnswer(judgement.code, { invalidEventNumber, ...ackIdOf(ackId) });
    }
    if (judgement.verdict === 'accept') {
      keep(judgement.envelope, position, delivery, instance);
      entry.stored++;
    }
    position++;
  }
  return hecAnswer(acceptedCode(instance.condition), ackIdOf(instance.acks.issue(token, channel)));
}

function ackIdOf(ackId: number | undefined): { ackId?: number } {
  return ackId === undefined ? {} : { ackId };
}

function keep(envelope: Envelope, position: number, delivery: Delivery, instance: Instance): void {
  const { token, channel, entry, query } = delivery;
  const now = instance.clock();
  instance.store.add({
    receivedAt: new Date(now),
    ...instance.indexes.place(envelope.index ?? token.defaultIndex),
    time: envelope.time ?? now / 1000,
    host: envelope.host ?? (query.get('host') || token.host || delivery.host),
    source: envelope.source ?? (query.get('source') || token.source || `http:${token.name}`),
    sourcetype: envelope.sourcetype ?? (query.get('sourcetype') || token.sourcetype),
    fields: envelope.fields,
    event: envelope.event,
    raw: envelope.raw,
    token: token.name,
    channel,
    request: entry.id,
    position,
    connection: entry.connection,
  });
}
