import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import type { JournalEntry } from '@/splunk/simulator/journal';
import { eventIdOf, memberOf, type StoredEvent } from '@/splunk/simulator/store';

/** What became of one event that Splunk looked at. */
export type LedgerEvent = {
  readonly n: number;
  readonly kind: 'event';
  readonly request: number;
  readonly position: number;
  readonly id: string | null;
  /** `seq` of the event and `org` of its indexed fields, as the sender wrote them. */
  readonly seq: unknown;
  readonly org: unknown;
  /** `lost`: accepted into an index that does not exist. `refused`: the one that a partial failure names. */
  readonly stored: 'yes' | 'lost' | 'refused';
  readonly index: string | null;
  readonly token: string | null;
  readonly code: number;
  /** SHA-256 of the object as it came over the wire, base64url. */
  readonly sha256: string;
};

/** One request, written when its answer was decided, or when it became clear that there is none. */
export type LedgerRequest = {
  readonly n: number;
  readonly kind: 'request';
  readonly request: number;
  /** Epoch milliseconds of arrival. */
  readonly at: number;
  readonly path: string;
  readonly connection: number;
  readonly stored: number;
  readonly status: number | null;
  readonly code: number | null;
  readonly fault: string | null;
};

export type LedgerLine = LedgerEvent | LedgerRequest;

type Refused = Pick<LedgerEvent, 'request' | 'position' | 'code'> & { readonly object: Uint8Array };

/** The lines asked for are no longer remembered: a judge that reads on would judge wrongly. */
export class LedgerForgotten extends Error {
  constructor(oldest: number) {
    super(`The ledger remembers line ${oldest} and later; let it keep more lines, or read its file.`);
    this.name = 'LedgerForgotten';
  }
}

/**
 * Every event and every request in order, one line of JSON each, for a judge that must see all of them: cheap to keep,
 * read from a line number on. With a file the lines are in it before the sender gets its answer.
 */
export class Ledger {
  #lines: string[] = [];
  #written = 0;
  #unsaved = '';

  constructor(
    private readonly keep: number,
    private readonly file?: string,
  ) {}

  accepted(event: StoredEvent): void {
    this.#append({
      kind: 'event',
      request: event.request,
      position: event.position,
      id: eventIdOf(event) ?? null,
      seq: memberOf(event.event, 'seq') ?? null,
      org: event.fields?.org ?? null,
      stored: event.searchable ? 'yes' : 'lost',
      index: event.index,
      token: event.token,
      code: 0,
      sha256: sha256(event.raw),
    });
  }

  refused({ request, position, code, object }: Refused): void {
    const { event, fields } = parsed(object);
    const id = eventIdOf({ event, fields }) ?? null;
    const unknown = {
      seq: memberOf(event, 'seq') ?? null,
      org: fields?.org ?? null,
      index: null,
      token: null,
    };
    this.#append({
      kind: 'event',
      request,
      position,
      id,
      ...unknown,
      stored: 'refused',
      code,
      sha256: sha256(object),
    });
  }

  answered(entry: JournalEntry): void {
    const { id: request, at, path, connection, stored, status, code, fault } = entry;
    this.#append({
      kind: 'request',
      request,
      at: at.getTime(),
      path,
      connection,
      stored,
      status,
      code,
      fault,
    });
    this.save();
  }

  /** How many lines were written since the start or the last reset: also the number of the newest one. */
  get written(): number {
    return this.#written;
  }

  /**
   * Up to `limit` lines with numbers above `after`.
   * @throws LedgerForgotten when some of them are no longer there
   */
  read(after = 0, limit = Number.POSITIVE_INFINITY): readonly string[] {
    const oldest = this.#written - this.#lines.length + 1;
    if (after + 1 < oldest) throw new LedgerForgotten(oldest);
    const from = after + 1 - oldest;
    return this.#lines.slice(from, from + limit);
  }

  /** Writes to the file what is not there yet. */
  save(): void {
    if (this.file !== undefined && this.#unsaved !== '') appendFileSync(this.file, this.#unsaved);
    this.#unsaved = '';
  }

  /** Begins anew; the file keeps what it has. */
  clear(): void {
    this.#lines = [];
    this.#written = 0;
  }

  #append(line: Omit<LedgerEvent, 'n'> | Omit<LedgerRequest, 'n'>): void {
    this.#written++;
    const text = JSON.stringify({ n: this.#written, ...line });
    this.#lines.push(text);
    if (this.#lines.length > this.keep * 1.1) this.#lines = this.#lines.slice(-this.keep);
    if (this.file !== undefined) this.#unsaved += `${text}\n`;
  }
}

function parsed(object: Uint8Array): Pick<StoredEvent, 'event' | 'fields'> {
  try {
    const value: unknown = JSON.parse(Buffer.from(object).toString('utf8'));
    const fields = memberOf(value, 'fields');
    const isRecord = typeof fields === 'object' && fields !== null;
    return { event: memberOf(value, 'event'), fields: isRecord ? { ...fields } : undefined };
  } catch {
    return { event: undefined, fields: undefined };
  }
}

function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url');
}
