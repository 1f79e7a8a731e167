import type { Envelope } from '@/splunk/simulator/envelope';

/** One event this Splunk accepted, with its defaults resolved. */
export type StoredEvent = {
  /** 1 for the first event accepted since the start or the last reset. */
  readonly ordinal: number;
  readonly receivedAt: Date;
  readonly index: string;
  /** False when Splunk said 200 and a search finds nothing: the index does not exist. */
  readonly searchable: boolean;
  /** Epoch seconds. */
  readonly time: number;
  readonly host: string;
  readonly source: string;
  readonly sourcetype: string;
  readonly fields: Envelope['fields'];
  readonly event: unknown;
  /** The envelope's text as it came over the wire. */
  readonly raw: string;
  /** Name of the token it came with. */
  readonly token: string;
  readonly channel: string | null;
  /** The journal's request, and the position within its body. */
  readonly request: number;
  readonly position: number;
  readonly connection: number;
};

/** Every condition given must hold. */
export type EventQuery = {
  readonly index?: string | undefined;
  readonly sourcetype?: string | undefined;
  readonly eventId?: string | undefined;
  /** Part of the envelope's text, in any case. */
  readonly text?: string | undefined;
  /** Epoch seconds, inclusive. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly searchable?: boolean | undefined;
};

export type IndexCount = { readonly index: string; readonly events: number; readonly lost: number };

/** The accepted events in order of acceptance; beyond `keep` the oldest are forgotten. */
export class EventStore {
  #events: StoredEvent[] = [];
  #accepted = 0;
  readonly #counts = new Map<string, IndexCount>();

  constructor(private readonly keep: number) {}

  add(accepted: Omit<StoredEvent, 'ordinal'>): StoredEvent {
    this.#accepted++;
    const event = { ordinal: this.#accepted, ...accepted };
    this.#events.push(event);
    this.#count(event);
    // A tenth over before cutting keeps the cost per event constant.
    if (this.#events.length > this.keep * 1.1) this.#events = this.#events.slice(-this.keep);
    return event;
  }

  /** How many were accepted in all, forgotten ones included. */
  get accepted(): number {
    return this.#accepted;
  }

  /** How many of them no search would find. */
  get lost(): number {
    return this.counts().reduce((sum, { lost }) => sum + lost, 0);
  }

  /** The events themselves, not a copy: it grows while it is looked at. */
  get all(): readonly StoredEvent[] {
    return this.#events;
  }

  list(query: EventQuery = {}): readonly StoredEvent[] {
    const text = query.text?.toLowerCase();
    return this.#events.filter(
      (event) =>
        (query.index === undefined || event.index === query.index) &&
        (query.sourcetype === undefined || event.sourcetype === query.sourcetype) &&
        (query.eventId === undefined || eventIdOf(event) === query.eventId) &&
        (query.from === undefined || event.time >= query.from) &&
        (query.to === undefined || event.time <= query.to) &&
        (query.searchable === undefined || event.searchable === query.searchable) &&
        (text === undefined || event.raw.toLowerCase().includes(text)),
    );
  }

  /** Events per index since the start, `lost` being those that no search would find. */
  counts(): readonly IndexCount[] {
    return [...this.#counts.values()].sort(byIndex);
  }

  /** The event ids accepted more than once, with how often, among the events that are remembered. */
  duplicates(): ReadonlyMap<string, number> {
    const seen = new Map<string, number>();
    for (const event of this.#events) {
      const id = eventIdOf(event);
      if (id !== undefined) seen.set(id, (seen.get(id) ?? 0) + 1);
    }
    return new Map([...seen].filter(([, times]) => times > 1));
  }

  clear(): void {
    this.#events = [];
    this.#accepted = 0;
    this.#counts.clear();
  }

  #count({ index, searchable }: StoredEvent): void {
    const { events, lost } = this.#counts.get(index) ?? { events: 0, lost: 0 };
    this.#counts.set(index, { index, events: events + 1, lost: lost + (searchable ? 0 : 1) });
  }
}

/** The id a searcher would deduplicate by: the indexed field `event_id`, else the key of that name in the event. */
export function eventIdOf(event: Pick<StoredEvent, 'fields' | 'event'>): string | undefined {
  const id = event.fields?.event_id ?? memberOf(event.event, 'event_id');
  return typeof id === 'string' ? id : undefined;
}

/** A top-level member of an event that is a JSON object. */
export function memberOf(event: unknown, key: string): unknown {
  return typeof event === 'object' && event !== null && key in event ? Reflect.get(event, key) : undefined;
}

function byIndex(a: IndexCount, b: IndexCount): number {
  return a.index.localeCompare(b.index);
}
