/** An answer that a test puts in the way of the honest one. Applies to the event routes, never to `/health`. */
export type ScriptedAnswer = {
  /** Without a status the honest answer goes out, after the delay. */
  readonly status?: number | undefined;
  /** Added to the usual ones: Splunk's for an object body, only a content type for text, as a proxy's. */
  readonly headers?: Record<string, string> | undefined;
  /** An object is sent as JSON. */
  readonly body?: string | Record<string, unknown> | undefined;
  /** Wait before answering; `Infinity` never answers. */
  readonly delayMs?: number | undefined;
  /** Take the events although the answer says otherwise, before the delay. */
  readonly store?: boolean | undefined;
  /** Reset the connection: before the body is read, or after it (and after storing, if `store`). */
  readonly destroy?: 'before' | 'after' | undefined;
};
