import type { IncomingMessage } from 'node:http';
import { contentEncodingOf, type ReceivedBody, readBody } from '@/splunk/simulator/body';
import type { JournalEntry } from '@/splunk/simulator/journal';
import { findRoute, type Route } from '@/splunk/simulator/routes';

/** One HEC request under way. */
export class Exchange {
  /** Undefined for a path that HEC does not have. */
  readonly route: Route | undefined;
  #body: Promise<ReceivedBody> | undefined;

  constructor(
    readonly request: IncomingMessage,
    readonly url: URL,
    readonly entry: JournalEntry,
  ) {
    this.route = findRoute(url.pathname);
  }

  /**
   * The body, read by whoever asks first: a fault that looks for an event needs it before Splunk's own stages do.
   * @throws Refusal with an HTML 413, 415 or 400; ClientGone
   */
  body(maxBytes: number): Promise<ReceivedBody> {
    this.#body ??= this.#read(maxBytes);
    return this.#body;
  }

  async #read(maxBytes: number): Promise<ReceivedBody> {
    const body = await readBody(this.request, contentEncodingOf(this.request), maxBytes);
    this.entry.wireBytes = body.wireBytes;
    this.entry.decodedBytes = body.bytes.length;
    return body;
  }
}
