import type { IncomingMessage, ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import type { NetworkPolicy } from '@/lib/net/network-policy';
import { httpServer } from '@/lib/net/testing/loopback-server';
import {
  createHecClient,
  type Destination,
  type HecClient,
  type HecClientOptions,
} from '@/lib/siem/splunk/client';

export const token = '0b5f2c1e-7f3a-4d7e-9a55-3d0f3cc0d1aa';
export const channel = '6f1c9a52-0000-4000-8000-3d0f3cc0d1bb';
/** Everything a test needs: its servers are on loopback. */
export const policy: NetworkPolicy = {
  privateAllowed: true,
  loopbackAllowed: true,
  plainHttpAllowed: true,
  ownEndpoints: [],
};
export const success = '{"text":"Success","code":0}';
export const small = Buffer.from('{"event":"x"}');

/** A client for a server on 127.0.0.1, closed when the test ends. */
export function clientFor(
  port: number,
  changes: Partial<Destination> = {},
  options: HecClientOptions = {},
): HecClient {
  const eventUrl = `http://127.0.0.1:${port}/services/collector/event`;
  const client = createHecClient(
    { eventUrl, token, channel, trust: { kind: 'system' }, gzip: true, ...changes },
    { policy, ...options },
  );
  onTestFinished(() => client.close());
  return client;
}

/** What a recording server keeps of a request. */
type Received = { request: IncomingMessage; body: Buffer };

/** Answers each request with `answer`, and keeps what it received. */
export async function recording(
  answer: (response: ServerResponse) => void = (response) => response.end(success),
) {
  const received: Received[] = [];
  const server = await httpServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push({ request, body: Buffer.concat(chunks) });
    answer(response);
  });
  return { ...server, received };
}
