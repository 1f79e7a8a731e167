import type { ServerResponse } from 'node:http';

/** An answer of the control port: JSON, or content of another type, or nothing but a status. */
export type Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly content?: { readonly type: string; readonly body: string | Buffer };
};

export function ok(json: unknown): Reply {
  return { status: 200, json };
}

export function problem(status: number, error: string): Reply {
  return { status, json: { error } };
}

export function write(response: ServerResponse, { status, headers, json, content }: Reply): void {
  const body = content?.body ?? (json === undefined ? '' : JSON.stringify(json));
  const type = content?.type ?? 'application/json';
  response.writeHead(status, {
    'Content-Type': typeof body === 'string' ? `${type}; charset=utf-8` : type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    // Not no-referrer: a browser would then send `Origin: null` with the page's own forms.
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  });
  response.end(body);
}
