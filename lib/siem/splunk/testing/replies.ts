import type { HecFailure, HecResponse } from '@/lib/siem/splunk/reply';

/** An answer with HEC's JSON, as Splunk writes it. */
export function hecReply(
  status: number,
  code: number,
  more: { n?: unknown; ackId?: number; retryAfter?: string } = {},
): HecResponse {
  const body = {
    text: `Text of ${code}`,
    code,
    ...(more.n !== undefined && { 'invalid-event-number': more.n }),
    ...(more.ackId !== undefined && { ackId: more.ackId }),
  };
  return {
    ...plainReply(status, JSON.stringify(body)),
    contentType: 'application/json; charset=UTF-8',
    server: 'Splunkd',
    retryAfter: more.retryAfter,
  };
}

export function plainReply(status: number, body = ''): HecResponse {
  return { kind: 'response', status, body, bodyTruncated: false, latencyMs: 1 };
}

export function htmlReply(status: number, server?: string): HecResponse {
  return { ...plainReply(status, '<!DOCTYPE html><html></html>'), contentType: 'text/html', server };
}

export function failure(code: string, more: Partial<HecFailure> = {}): HecFailure {
  return { kind: 'failure', code, latencyMs: 1, secure: true, ...more };
}

/** A server certificate; `overrides` say what is special about it. */
export function certificateOf(overrides: Partial<NonNullable<HecFailure['certificate']>>) {
  return {
    subject: 'splunk.test',
    issuer: 'Some CA',
    names: ['splunk.test'],
    validFrom: new Date('2020-01-01T00:00:00Z'),
    validTo: new Date('2021-02-03T00:00:00Z'),
    fingerprint256: 'AA',
    ...overrides,
  };
}
