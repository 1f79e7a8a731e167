import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { rawServer } from '@/lib/net/testing/loopback-server';
import { channel, clientFor, recording, small, token } from '@/lib/siem/splunk/testing/hec-client';
import manifest from '@/package.json';

describe('what goes over the wire', () => {
  it('is one POST with exactly these headers', async () => {
    const server = await recording();
    await clientFor(server.port).send(small);
    const [first] = server.received;
    expect(first?.request).toMatchObject({
      method: 'POST',
      url: '/services/collector/event',
      httpVersion: '1.1',
    });
    expect(first?.request.headers).toEqual({
      host: `127.0.0.1:${server.port}`,
      connection: 'keep-alive',
      authorization: `Splunk ${token}`,
      'user-agent': `Tracekeep/${manifest.version}`,
      'x-splunk-request-channel': channel,
      'content-type': 'application/json',
      'content-length': String(small.length),
    });
    expect(first?.body).toEqual(small);
  });

  it('is gzip from 1 KiB on, the same bytes every time', async () => {
    const server = await recording();
    const body = Buffer.from('{"event":"x"}'.repeat(200));
    const client = clientFor(server.port);
    await client.send(body);
    await client.send(body);
    const [first, second] = server.received;
    expect(first?.request.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-length': String(first?.body.length),
    });
    expect(first?.body.length).toBeLessThan(body.length);
    expect(first && gunzipSync(first.body)).toEqual(body);
    expect(second?.body).toEqual(first?.body);
  });

  it('is not compressed where gzip is off', async () => {
    const server = await recording();
    const body = Buffer.alloc(5_000, 'x');
    await clientFor(server.port, { gzip: false }).send(body);
    expect(server.received[0]?.request.headers).not.toHaveProperty('content-encoding');
    expect(server.received[0]?.body).toEqual(body);
  });
});

describe('an answer', () => {
  it('comes back with its status, its body and the headers that matter', async () => {
    const server = await recording((response) => {
      response.writeHead(503, { 'Retry-After': '7', Server: 'Splunkd', 'Content-Type': 'application/json' });
      response.end('{"text":"Server is busy","code":9}');
    });
    const reply = await clientFor(server.port).send(small);
    expect(reply).toMatchObject({
      kind: 'response',
      status: 503,
      body: '{"text":"Server is busy","code":9}',
      bodyTruncated: false,
      retryAfter: '7',
      server: 'Splunkd',
      contentType: 'application/json',
      latencyMs: expect.any(Number),
    });
  });

  it('that comes before the request is through is heard', async () => {
    const server = await rawServer((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n'));
      socket.resume();
    });
    const reply = await clientFor(server.port, { gzip: false }).send(Buffer.alloc(8_000_000, 'x'));
    expect(reply).toMatchObject({ kind: 'response', status: 413 });
  });

  it('that redirects is not followed', async () => {
    const elsewhere = await recording();
    const server = await recording((response) => {
      response.writeHead(307, { Location: `http://127.0.0.1:${elsewhere.port}/` }).end();
    });
    const reply = await clientFor(server.port).send(small);
    expect(reply).toMatchObject({ status: 307, location: `http://127.0.0.1:${elsewhere.port}/` });
    expect(elsewhere.opened()).toBe(0);
  });

  it('that echoes the token is cleaned of it', async () => {
    const server = await recording((response) => {
      response.writeHead(302, { Location: `https://h.test/?t=${token}`, Server: token });
      response.end(`{"text":"Splunk ${token}","code":4}`);
    });
    const reply = await clientFor(server.port).send(small);
    expect(reply).toMatchObject({ kind: 'response', status: 302 });
    expect(JSON.stringify(reply)).not.toContain(token);
  });

  it('without end is cut at 64 KiB', async () => {
    const server = await recording((response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      };
      response.on('drain', more);
      more();
    });
    const reply = await clientFor(server.port).send(small);
    expect(reply).toMatchObject({ kind: 'response', status: 200, bodyTruncated: 'capped' });
    expect(reply.kind === 'response' && reply.body.length).toBe(65_536);
  });

  it('that ends before its announced length is marked as cut', async () => {
    const server = await rawServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"text":"Succ'));
    });
    const reply = await clientFor(server.port).send(small);
    expect(reply).toMatchObject({
      kind: 'response',
      status: 200,
      bodyTruncated: 'cut',
      body: '{"text":"Succ',
    });
  });

  it('that drips is cut at the deadline', async () => {
    const server = await recording((response) => {
      const drip = setInterval(() => response.write('x'), 10);
      response.on('close', () => clearInterval(drip));
    });
    const reply = await clientFor(server.port).send(small, { deadlineMs: 1_000 });
    expect(reply).toMatchObject({ kind: 'response', status: 200, bodyTruncated: 'cut' });
  });
});
