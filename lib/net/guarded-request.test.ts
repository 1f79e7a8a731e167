import { expect, test } from 'vitest';
import { codeOf } from '@/lib/net/error-code';
import { type GuardedRequest, guardedRequest } from '@/lib/net/guarded-request';
import type { NetworkPolicy } from '@/lib/net/network-policy';
import { httpServer, type Loopback, rawServer } from '@/lib/net/testing/loopback-server';
import { pem } from '@/lib/net/testing/tls-files';

const policy: NetworkPolicy = {
  privateAllowed: true,
  loopbackAllowed: true,
  plainHttpAllowed: true,
  ownEndpoints: [],
};
const usual: GuardedRequest = { policy, deadlineMs: 5_000, maxBodyBytes: 1_000 };

function ask({ port }: Loopback, request: Partial<GuardedRequest> = {}, scheme = 'http') {
  const lookup = async () => [{ address: '127.0.0.1', family: 4 }];
  const url = new URL(`${scheme}://splunk.test:${port}/path?a=1`);
  return guardedRequest(url, { ...usual, lookup, ...request });
}

async function failure(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'it succeeded',
    (error: unknown) => codeOf(error),
  );
}

test('asks for the path and query with the name as Host, and gives back status, headers and body', async () => {
  const server = await httpServer((request, response) => {
    response.setHeader('x-seen', `${request.method} ${request.url} ${request.headers.host}`);
    response.writeHead(201).end('hello');
  });
  const answer = await ask(server, { method: 'POST', body: 'x' });
  expect(answer).toMatchObject({ status: 201, body: 'hello', bodyTruncated: false, tls: undefined });
  expect(answer.headers['x-seen']).toBe(`POST /path?a=1 splunk.test:${server.port}`);
});

test('never follows a redirect', async () => {
  const server = await httpServer((_request, response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
  );
  expect(await ask(server)).toMatchObject({ status: 302, headers: { location: 'http://169.254.169.254/' } });
  expect(server.opened()).toBe(1);
});

test('reads no more than it was told to', async () => {
  const server = await httpServer((_request, response) => response.end('x'.repeat(5_000)));
  expect(await ask(server)).toMatchObject({ body: 'x'.repeat(1_000), bodyTruncated: true });
});

test('ends at the deadline and when the caller leaves, wherever the exchange stands', async () => {
  const silent = await rawServer(() => undefined);
  const slow = await httpServer((_request, response) => response.writeHead(200).write('begin'));
  expect(await failure(ask(silent, { deadlineMs: 100 }))).toBe('ERR_DEADLINE');
  expect(await failure(ask(slow, { deadlineMs: 100 }))).toBe('ERR_DEADLINE');
  expect(await failure(ask(silent, { signal: AbortSignal.timeout(50) }))).toBe('ERR_ABORTED');
});

test('connects to no refused address, whatever name it hides behind', async () => {
  const server = await httpServer((_request, response) => response.end());
  const lookup = async () => [
    { address: '127.0.0.1', family: 4 },
    { address: '169.254.169.254', family: 4 },
  ];
  expect(await failure(ask(server, { lookup }))).toBe('ERR_ADDRESS_REFUSED');
  expect(await failure(ask(server, { policy: { ...policy, loopbackAllowed: false } }))).toBe(
    'ERR_ADDRESS_REFUSED',
  );
  expect(server.opened()).toBe(0);
});

test('verifies certificates and tells what it saw', async () => {
  const tls = { key: pem('trusted'), cert: pem('trusted') };
  const server = await httpServer((_request, response) => response.end('ok'), tls);
  expect(await failure(ask(server, {}, 'https'))).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  const answer = await ask(server, { caCertificate: pem('ca') }, 'https');
  expect(answer.tls?.protocol).toBe('TLSv1.3');
  expect(answer.tls?.certificate.subject.CN).toBe('splunk.test');
});
