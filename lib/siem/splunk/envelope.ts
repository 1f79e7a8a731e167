/** A row of the audit log, as far as Splunk is concerned. */
export type StoredEvent = {
  readonly seq: bigint;
  readonly hash: Uint8Array;
  /** The canonical JSON object as stored. */
  readonly record: string;
  readonly id: string;
  readonly occurredAt: Date;
  readonly action: string;
  readonly organizationSlug: string;
};

/** What Splunk is told about where an event comes from and belongs. */
export type EventOrigin = {
  /** Host name of this installation: one for all its events. */
  readonly host: string;
  /** `tracekeep:<organization slug>` */
  readonly source: string;
  /** Absent: the token's default index. An empty name would be refused with code 7. */
  readonly index?: string | undefined;
};

/** Constant, so that one stanza of the add-on's props.conf covers every event. */
export const sourcetype = 'tracekeep:audit';

/**
 * One event as HEC takes it (design.md §4). The keys are a closed set, because Splunk answers 200 to an unknown one and
 * drops the rest of the batch (hec.md §2.2). The record's bytes are spliced in as they are stored, never serialized
 * again, so that what Splunk holds can be checked against the chain. Equal input gives equal bytes. There is no newline
 * in them. Throws a RangeError for a record that is not a JSON object in canonical form, or a time that is none.
 */
export function encodeEvent(event: StoredEvent, origin: EventOrigin): Buffer {
  if (!isCanonicalObject(event.record)) throw new RangeError(`The record of event ${event.seq} is damaged`);
  const metadata = {
    time: epochSeconds(event.occurredAt),
    host: origin.host,
    source: origin.source,
    sourcetype,
    ...(origin.index !== undefined && { index: origin.index }),
  };
  const fields = { event_id: event.id, action: event.action, org: event.organizationSlug };
  const hash = Buffer.from(event.hash).toString('hex');
  const head = JSON.stringify(metadata).slice(0, -1);
  const body = `{"seq":${event.seq},"hash":"${hash}",${event.record.slice(1)}`;
  return Buffer.from(`${head},"event":${body},"fields":${JSON.stringify(fields)}}`, 'utf8');
}

/** As far as splicing depends on it. A raw newline cannot be part of canonical JSON; U+2028 can, and is no newline to HEC. */
function isCanonicalObject(record: string): boolean {
  return record.startsWith('{"') && record.endsWith('}') && !/[\r\n]/.test(record);
}

/** `<seconds>.<milliseconds>`. A number could come out in scientific notation, which Splunk refuses with code 15. */
function epochSeconds(instant: Date): string {
  const milliseconds = instant.getTime();
  if (Number.isNaN(milliseconds)) throw new RangeError('The time of an event is not a time');
  return (milliseconds / 1_000).toFixed(3);
}
