import { connect } from 'node:net';
import { type APIRequestContext, expect } from '@playwright/test';
import type { Query } from '@/e2e/database';

/** After each insult: the next visitor is served, by the same process. */
export async function expectServing(request: APIRequestContext, what: string): Promise<void> {
  expect((await request.get('/api/health')).status(), what).toBe(200);
}

/** Sends bytes as they are and returns the status of the answer; undefined when the connection was just closed. */
export function sendRaw(baseURL: string, text: string | Buffer): Promise<number | undefined> {
  const { hostname, port } = new URL(baseURL);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.setTimeout(10_000, () => socket.destroy(new Error('no answer within 10 s')));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (answer.includes('\r\n')) socket.destroy();
    });
    socket.on('error', (error) =>
      /ECONNRESET|EPIPE/.test(String(error)) ? socket.destroy() : reject(error),
    );
    socket.on('close', () => {
      const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
      resolve(status === undefined ? undefined : Number(status));
    });
    socket.write(text);
  });
}

/** What came of requests from this test's own address. */
export const recordedFrom = (query: Query, headers: Record<string, string> | undefined) =>
  query('SELECT action FROM audit_event WHERE ip = $1::inet ORDER BY seq', [headers?.['x-forwarded-for']]);
