import { type ClientRequest, get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { expect, test } from 'vitest';
import { codeOf } from '@/lib/net/error-code';
import { type AgentRules, guardedAgent } from '@/lib/net/guarded-agent';
import { httpServer, type Loopback, rawServer } from '@/lib/net/testing/loopback-server';
import { pem } from '@/lib/net/testing/tls-files';

const rules: AgentRules = {
  policy: { privateAllowed: true, loopbackAllowed: true, plainHttpAllowed: true, ownEndpoints: [] },
  deadlineMs: 5_000,
  maxBytes: 1_000,
  lookup: async () => [{ address: '127.0.0.1', family: 4 }],
};

/** One GET through node:http, as a library makes it: the body, or the code of what went wrong. */
async function ask({ port }: Loopback, changed: Partial<AgentRules> = {}, scheme = 'http'): Promise<string> {
  const url = new URL(`${scheme}://idp.test:${port}/keys`);
  const agent = guardedAgent(url, { ...rules, ...changed });
  const request = (scheme === 'https' ? getHttps : getHttp)(url, { agent });
  return bodyOf(request).catch(codeOf);
}

function bodyOf(request: ClientRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', async (response) => {
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(Buffer.from(chunk));
        resolve(Buffer.concat(chunks).toString());
      } catch (error) {
        reject(error);
      }
    });
  });
}

test('connects to the checked address and keeps the name as Host', async () => {
  const server = await httpServer((request, response) =>
    response.end(`${request.headers.host}${request.url}`),
  );
  expect(await ask(server)).toBe(`idp.test:${server.port}/keys`);
});

test('connects to no refused address, whatever name it hides behind', async () => {
  const server = await httpServer((_request, response) => response.end('secret'));
  const policy = { ...rules.policy, loopbackAllowed: false };
  expect(await ask(server, { policy })).toBe('ERR_ADDRESS_REFUSED');
  const own = { ...rules.policy, ownEndpoints: [{ host: '127.0.0.1', port: server.port }] };
  expect(await ask(server, { policy: own })).toBe('ERR_ADDRESS_REFUSED');
  const metadata = async () => [{ address: '169.254.169.254', family: 4 }];
  expect(await ask(server, { lookup: metadata })).toBe('ERR_ADDRESS_REFUSED');
  expect(server.opened()).toBe(0);
});

test('ends an answer that is too long or takes too long', async () => {
  const endless = await httpServer((_request, response) => {
    const more = (error?: Error | null) => error || response.write('x'.repeat(500), more);
    more();
  });
  expect(await ask(endless)).toMatch(/^(ERR_TOO_LONG|ECONNRESET)$/);
  const silent = await rawServer(() => undefined);
  expect(await ask(silent, { deadlineMs: 50 })).toBe('ERR_DEADLINE');
  const dripping = await httpServer((_request, response) => {
    const drip = setInterval(() => response.write('.'), 10);
    response.on('close', () => clearInterval(drip));
  });
  expect(await ask(dripping, { deadlineMs: 100 })).toMatch(/^(ERR_DEADLINE|ECONNRESET)$/);
});

test('verifies TLS: a certificate that nobody vouches for opens no connection', async () => {
  const certificate = pem('self-signed');
  const server = await httpServer((_request, response) => response.end('secret'), {
    key: certificate,
    cert: certificate,
  });
  expect(await ask(server, {}, 'https')).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
});
