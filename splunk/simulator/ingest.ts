import type { AckPlace } from '@/splunk/simulator/acks';
import { type Answer, hecAnswer } from '@/splunk/simulator/answer';
import { acceptedCode } from '@/splunk/simulator/condition';
import { type Envelope, type Judgement, judgeObject, mayWriteTo } from '@/splunk/simulator/envelope';
import type { Instance } from '@/splunk/simulator/instance';
import type { Interference } from '@/splunk/simulator/interference';
import type { JournalEntry } from '@/splunk/simulator/journal';
import { jsonValues } from '@/splunk/simulator/json-values';
import type { Limits } from '@/splunk/simulator/limits';
import { rawEvents } from '@/splunk/simulator/raw-text';
import type { Token } from '@/splunk/simulator/tokens';

/** What the request says about all of its events. */
type Delivery = {
  readonly kind: 'event' | 'raw' | 'ack';
  readonly token: Token;
  readonly channel: string | null;
  /** Where its acknowledgement is kept; undefined for a token without. */
  readonly place: AckPlace | undefined;
  readonly entry: JournalEntry;
  /** The `Host` header: Splunk's default for `host`. */
  readonly host: string;
  /** `?index=` and its kin stand in for missing keys. */
  readonly query: URLSearchParams;
  readonly limits: Limits;
};

/**
 * Takes the events of one body in order, until the first that fails. What stood before it stays accepted, what
 * stands after it is not looked at: the partial success of hec.md §2.2.
 */
export function ingest(
  body: Buffer,
  delivery: Delivery,
  instance: Instance,
  failAt: Interference['failAt'],
): Answer {
  const { place, entry } = delivery;
  let position = 0;
  for (const [honest, object] of judgements(body, delivery, instance)) {
    const forced = failAt?.(position, object);
    const judgement: Judgement = forced === undefined ? honest : { verdict: 'refuse', code: forced };
    if (judgement.verdict === 'stop') {
      if (entry.stored === 0) return hecAnswer(5);
      break;
    }
    if (judgement.verdict === 'refuse') {
      const { code } = judgement;
      instance.ledger.refused({ request: entry.id, position, code, object });
      // Splunk counts the object of code 7 as read already, hence its number is one higher.
      const invalidEventNumber = code === 7 ? position + 1 : position;
      return hecAnswer(code, { invalidEventNumber, ...(entry.stored > 0 && ackOf(place, instance)) });
    }
    if (judgement.verdict === 'accept') {
      keep(judgement.envelope, position, delivery, instance);
      entry.stored++;
    }
    position++;
  }
  return hecAnswer(acceptedCode(instance, place), ackOf(place, instance));
}

/** What Splunk thinks of each object, with the object's bytes. */
function* judgements(
  body: Buffer,
  { kind, token, query, limits }: Delivery,
  { rejectArrays }: Instance,
): Generator<readonly [Judgement, Uint8Array]> {
  const index = query.get('index') || undefined;
  if (kind === 'raw') {
    const refused = index !== undefined && !mayWriteTo(token, index);
    for (const event of rawEvents(body)) {
      const taken: Judgement = { verdict: 'accept', envelope: { ...event, index } };
      yield [refused ? { verdict: 'refuse', code: 7 } : taken, Buffer.from(event.raw)];
    }
    return;
  }
  for (const value of jsonValues(body, rejectArrays)) {
    if (value === undefined) yield [{ verdict: 'refuse', code: 6 }, body.subarray(0, 0)];
    else yield [judgeObject(value, token, limits.maxEventBytes, index), value];
  }
}

function ackOf(place: AckPlace | undefined, { acks }: Instance): { ackId?: number } {
  return place === undefined ? {} : { ackId: acks.issue(place) };
}

function keep(envelope: Envelope, position: number, delivery: Delivery, instance: Instance): void {
  const { token, channel, entry, query } = delivery;
  const now = instance.clock();
  const event = instance.store.add({
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
  instance.ledger.accepted(event);
  instance.queue.add(envelope.raw.length, delivery.limits);
}
