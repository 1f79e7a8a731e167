/** A row of the audit log, as far as Splunk is concerned. */
export type StoredEvent = {
  readonly seq: bigint;
  /** 64 hexadecimal digits. */
  readonly hash: string;
  /** The canonical JSON object as stored. */
  readonly record: string;
  /** A UUID. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly occurredMs: number;
  readonly action: string;
};

/** What Splunk is told about where an event comes from and belongs. */
export type EventOrigin = {
  /** Host name of this installation: one for all its events. */
  readonly host: string;
  /** `tracekeep:<organization slug>` */
  readonly source: string;
  /** Slug of the organization. */
  readonly org: string;
  /** Absent: the token's default index. An empty name would be refused with code 7. */
  readonly index?: string | undefined;
};

/** Constant, so that one stanza of the add-on's props.conf covers every event. */
export const sourcetype = 'tracekeep:audit';

/**
 * Makes one event as HEC takes it (design.md §4). The keys are a closed set, because Splunk answers 200 to an unknown one
 * and drops the rest of the batch (hec.md §2.2). The record is spliced in as it is stored, never serialized again, so that
 * what Splunk holds can be checked against the chain. Equal input gives equal text, without a newline. The encoder throws
 * a RangeError for a record that is not a JSON object in canonical form, or a time that is none.
 */
export function eventEncoder({ host, source, org, index }: EventOrigin): (event: StoredEvent) => string {
  // What all events of an origin share is serialized once: this runs sixty thousand times a second.
  const place = JSON.stringify({ host, source, sourcetype, ...(index !== undefined && { index }) });
  const afterTime = `","${place.slice(2, -1)},"event":{"seq":`;
  const owner = `,"org":${JSON.stringify(org)}}}`;
  const timeOf = timeEncoder();
  let action = '';
  let actionJson = '""';
  return (event) => {
    if (!isCanonicalObject(event.record)) throw new RangeError(`The record of event ${event.seq} is damaged`);
    if (event.action !== action) {
      action = event.action;
      actionJson = JSON.stringify(action);
    }
    const time = timeOf(event.occurredMs);
    const body = `${event.seq},"hash":"${event.hash}",${event.record.slice(1)}`;
    return `{"time":"${time}${afterTime}${body},"fields":{"event_id":"${event.id}","action":${actionJson}${owner}`;
  };
}

/** One event alone, as bytes. See {@link eventEncoder}. */
export function encodeEvent(event: StoredEvent, origin: EventOrigin): Buffer {
  return Buffer.from(eventEncoder(origin)(event), 'utf8');
}

/** As far as splicing depends on it. A raw newline cannot be part of canonical JSON; U+2028 can, and is no newline to HEC. */
function isCanonicalObject(record: string): boolean {
  return record.startsWith('{"') && record.endsWith('}') && !record.includes('\n') && !record.includes('\r');
}

/**
 * `<seconds>.<milliseconds>`. A number could come out in scientific notation, which Splunk refuses with code 15. Events that
 * follow one another mostly share their second.
 */
function timeEncoder(): (ms: number) => string {
  let second = Number.NaN;
  let text = '';
  return (ms) => {
    if (!Number.isSafeInteger(ms)) throw new RangeError('The time of an event is not a time');
    if (ms < 0) return (ms / 1_000).toFixed(3);
    const whole = Math.floor(ms / 1_000);
    if (whole !== second) {
      second = whole;
      text = String(whole);
    }
    const rest = ms - whole * 1_000;
    return `${text}.${rest < 10 ? '00' : rest < 100 ? '0' : ''}${rest}`;
  };
}
