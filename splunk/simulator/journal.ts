import type { IncomingHttpHeaders } from 'node:http';
import { maskToken } from '@/splunk/simulator/tokens';

/** One HEC request and what became of it. */
export type JournalEntry = {
  /** 1 for the first request since the start or the last reset. */
  readonly id: number;
  readonly at: Date;
  readonly method: string;
  /** Path and query, with a token in the query masked. */
  readonly path: string;
  /** As received, the token masked. */
  readonly headers: Readonly<Record<string, string>>;
  readonly connection: number;
  /** The virtual indexer that served it. */
  readonly node: number;
  readonly tls: { readonly protocol: string | null; readonly servername: string | null } | null;
  /** Body bytes as sent and after decompression; 0 when the body was not read. */
  wireBytes: number;
  decodedBytes: number;
  /** Events taken from this request. */
  stored: number;
  /** The fault that struck, in words. */
  fault: string | null;
  /** Null while the answer is outstanding, and for ever when there was none. */
  status: number | null;
  code: number | null;
  responseBody: string | null;
  durationMs: number | null;
};

type Arrival = Pick<JournalEntry, 'at' | 'method' | 'connection' | 'node' | 'tls'> & {
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
};

/** The requests in order of arrival; beyond `keep` the oldest are forgotten. No token is ever written down. */
export class Journal {
  #entries: JournalEntry[] = [];
  #arrived = 0;

  constructor(private readonly keep: number) {}

  open(arrival: Arrival): JournalEntry {
    this.#arrived++;
    const entry: JournalEntry = {
      id: this.#arrived,
      at: arrival.at,
      method: arrival.method,
      path: maskedPath(arrival.url),
      headers: maskedHeaders(arrival.headers),
      connection: arrival.connection,
      node: arrival.node,
      tls: arrival.tls,
      wireBytes: 0,
      decodedBytes: 0,
      stored: 0,
      fault: null,
      status: null,
      code: null,
      responseBody: null,
      durationMs: null,
    };
    this.#entries.push(entry);
    if (this.#entries.length > this.keep * 1.1) this.#entries = this.#entries.slice(-this.keep);
    return entry;
  }

  get arrived(): number {
    return this.#arrived;
  }

  /** The entries themselves, not a copy: it grows while it is looked at. */
  get all(): readonly JournalEntry[] {
    return this.#entries;
  }

  clear(): void {
    this.#entries = [];
    this.#arrived = 0;
  }
}

function maskedPath(url: URL): string {
  const masked = new URL(url);
  const token = masked.searchParams.get('token');
  if (token !== null) masked.searchParams.set('token', maskToken(token));
  return masked.pathname + masked.search;
}

function maskedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const masked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const text = Array.isArray(value) ? value.join(', ') : (value ?? '');
    masked[name] = name === 'authorization' ? maskedAuthorization(text) : text;
  }
  return masked;
}

function maskedAuthorization(header: string): string {
  const [scheme = '', credentials] = header.split(' ');
  // Without a scheme the whole header may be a token, and the end of a Basic header is base64 of one.
  if (credentials === undefined) return '****';
  return scheme.toLowerCase() === 'splunk' ? `${scheme} ${maskToken(credentials)}` : `${scheme} ****`;
}
