import { describe, expect, it } from 'vitest';
import { rawServer } from '@/lib/net/testing/loopback-server';
import { clientFor, recording, small, token } from '@/lib/siem/splunk/testing/hec-client';

describe('no answer is a failure with a code, never an exception', () => {
  it('that never comes is cut at the deadline', async () => {
    const server = await rawServer(() => {});
    const reply = await clientFor(server.port).send(small, { deadlineMs: 500 });
    expect(reply).toMatchObject({ kind: 'failure', code: 'ERR_DEADLINE', sent: true, answered: false });
  });

  it('that never comes leaves no connection behind, and the next request opens its own', async () => {
    const server = await rawServer((socket) => void socket.resume());
    const client = clientFor(server.port);
    await client.send(small, { deadlineMs: 200 });
    await expect.poll(server.open).toBe(0);
    expect(server.opened()).toBe(1);
    await client.send(small, { deadlineMs: 200 });
    expect(server.opened()).toBe(2);
  });

  it('that never comes is cut after the silence allowed for it', async () => {
    const server = await rawServer(() => {});
    const reply = await clientFor(server.port, {}, { limits: { answerTimeoutMs: 200 } }).send(small);
    expect(reply).toMatchObject({ kind: 'failure', code: 'UND_ERR_HEADERS_TIMEOUT', sent: true });
  });

  it('reset after the request: it may have arrived', async () => {
    const server = await rawServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const reply = await clientFor(server.port).send(small);
    expect(reply).toMatchObject({ kind: 'failure', sent: true, secure: false, answered: false });
    expect(reply.kind === 'failure' && reply.code).toMatch(/^(?:UND_ERR_SOCKET|ECONNRESET|EPIPE)$/);
  });

  it('that is not HTTP', async () => {
    const server = await rawServer((socket) => socket.end('220 mail.test ESMTP\r\n'));
    const reply = await clientFor(server.port).send(small);
    expect(reply).toMatchObject({ kind: 'failure', code: expect.stringMatching(/^HPE_/) });
  });

  it('with headers beyond 16 KiB', async () => {
    const server = await rawServer((socket) => {
      socket.once('data', () => socket.write(`HTTP/1.1 200 OK\r\nX-Big: ${'x'.repeat(100_000)}\r\n\r\n`));
    });
    const reply = await clientFor(server.port).send(small);
    expect(reply).toMatchObject({ kind: 'failure', code: 'UND_ERR_HEADERS_OVERFLOW' });
  });

  it('on a port where nothing listens: nothing was sent', async () => {
    const reply = await clientFor(1_111).send(small);
    expect(reply).toMatchObject({ kind: 'failure', code: 'ECONNREFUSED', sent: false });
  });

  it('because the caller gave up, before or during the request', async () => {
    const server = await rawServer(() => {});
    const client = clientFor(server.port);
    const before = await client.send(small, { signal: AbortSignal.abort() });
    expect(before).toMatchObject({ kind: 'failure', code: 'ERR_ABORTED', sent: false });
    expect(server.opened()).toBe(0);
    const controller = new AbortController();
    const during = client.send(small, { signal: controller.signal });
    await expect.poll(server.opened).toBe(1);
    controller.abort();
    await expect(during).resolves.toMatchObject({ kind: 'failure', code: 'ERR_ABORTED' });
  });

  it('that the deadline cuts before there is a connection', async () => {
    const server = await recording();
    const eventUrl = `http://splunk.test:${server.port}/services/collector/event`;
    const never = () => new Promise<never>(() => {});
    const reply = await clientFor(0, { eventUrl }, { lookup: never }).send(small, { deadlineMs: 50 });
    expect(reply).toMatchObject({ kind: 'failure', code: 'UND_ERR_CONNECT_TIMEOUT', sent: false });
    expect(reply.latencyMs).toBeLessThan(5_000);
  });

  it('for a name that does not exist', async () => {
    const lookup = async () => {
      throw Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
    };
    const reply = await clientFor(0, { eventUrl: 'http://splunk.test/x' }, { lookup }).send(small);
    expect(reply).toMatchObject({ kind: 'failure', code: 'ENOTFOUND', sent: false });
  });

  it('after the client was closed', async () => {
    const server = await recording();
    const client = clientFor(server.port);
    await client.close();
    await expect(client.send(small)).resolves.toMatchObject({ kind: 'failure', code: 'UND_ERR_DESTROYED' });
    expect(server.opened()).toBe(0);
  });

  it('for a token that no header can carry, without repeating it', async () => {
    const server = await recording();
    const reply = await clientFor(server.port, { token: `${token}\r\nX-Evil: 1` }).send(small);
    expect(reply).toMatchObject({ kind: 'failure', code: 'UND_ERR_INVALID_ARG' });
    expect(JSON.stringify(reply)).not.toContain(token);
    expect(server.received).toEqual([]);
  });
});
