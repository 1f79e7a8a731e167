import { type HecCode, hecCodes } from '@/splunk/simulator/codes';

/** One HTTP answer, before the connection headers that `send` adds. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The HEC code inside the body; null when the body is not HEC's JSON. */
  readonly code: number | null;
  /** Close the connection once the answer is written, because the rest of the request is unwanted. */
  readonly close: boolean;
};

type HecOptions = {
  readonly status?: number;
  readonly invalidEventNumber?: number;
  readonly ackId?: number;
  readonly headers?: Readonly<Record<string, string>>;
};

/** The headers a real HEC answer carries (hec.md §1.2). */
export const splunkHeaders = {
  Server: 'Splunkd',
  Vary: 'Authorization',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'SAMEORIGIN',
} as const;

/** Content type of every JSON answer, as captured from Splunk. */
export const jsonContentType = 'application/json; charset=UTF-8';

/** HEC's JSON answer: `text`, `code`, then the event number and the ack id, in this order and without whitespace. */
export function hecAnswer(code: HecCode, options: HecOptions = {}): Answer {
  const { status, text } = hecCodes[code];
  const body = {
    text,
    code,
    ...(options.invalidEventNumber !== undefined && { 'invalid-event-number': options.invalidEventNumber }),
    ...(options.ackId !== undefined && { ackId: options.ackId }),
  };
  return {
    status: options.status ?? status,
    headers: { ...splunkHeaders, 'Content-Type': jsonContentType, ...options.headers },
    body: JSON.stringify(body),
    code,
    close: false,
  };
}

/** Any other JSON answer of splunkd. */
export function jsonAnswer(status: number, body: unknown): Answer {
  const headers = { ...splunkHeaders, 'Content-Type': jsonContentType };
  return { status, headers, body: JSON.stringify(body), code: null, close: false };
}

/** Splunk's own HTML error page: it answers 413, 415 and a broken gzip stream this way (hec.md §1.1). */
export function htmlAnswer(status: number, title: string, options: { close?: boolean } = {}): Answer {
  return {
    status,
    headers: { ...splunkHeaders, 'Content-Type': 'text/html; charset=UTF-8' },
    body: `<!doctype html><html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>\r\n`,
    code: null,
    close: options.close ?? false,
  };
}

/** `OPTIONS` on a known route: no body, no token asked. */
export function allowAnswer(methods: readonly string[]): Answer {
  const headers = { ...splunkHeaders, Allow: methods.join(',') };
  return { status: 200, headers, body: '', code: null, close: false };
}

/** Ends a request early with its answer; the pipeline turns it back into an `Answer`. */
export class Refusal extends Error {
  constructor(readonly answer: Answer) {
    super(`Refused with HTTP ${answer.status}, code ${answer.code ?? 'none'}`);
    this.name = 'Refusal';
  }
}

/** A refusal with one of HEC's codes. */
export function refuse(code: HecCode, options: HecOptions = {}): Refusal {
  return new Refusal(hecAnswer(code, options));
}
