import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FaultProxy } from '@/splunk/proxy/fault-proxy';
import { Rig, Side, settle } from '@/splunk/proxy/testing/rig';
import { rawRequest } from '@/splunk/simulator/raw-request';
import { startSimulator } from '@/splunk/simulator/simulator';

let rig: Rig;

beforeEach(async () => {
  rig = await Rig.start();
});
afterEach(() => rig.close());

describe('a good link', () => {
  it('carries bytes and their end both ways, and forgets the connection', async () => {
    const { client, server } = await rig.open();
    client.socket.end('question');
    await server.until(({ ended }) => ended);
    expect(server.text).toBe('question');
    expect(rig.proxy.connections).toEqual([{ id: 1, up: 8, down: 0 }]);
    server.socket.end('answer');
    await client.until(({ ended }) => ended);
    expect(client.text).toBe('answer');
    await client.until(({ socket }) => socket.closed);
    await settle();
    expect([rig.proxy.connections, rig.proxy.opened]).toEqual([[], 1]);
  });

  it('carries megabytes unchanged, however slowly they are read', async () => {
    const { client, server } = await rig.open();
    const megabytes = Buffer.alloc(8_000_000, 'abcdefg');
    server.socket.pause();
    client.socket.end(megabytes);
    await settle();
    expect(rig.proxy.connections[0]?.up).toBeLessThan(megabytes.length);
    server.socket.resume();
    await server.until(({ ended }) => ended);
    expect(server.text === megabytes.toString()).toBe(true);
  });

  it('passes on that nobody listens behind it', async () => {
    const nowhere = await FaultProxy.start({ target: { port: 1 } });
    const client = new Side(connect(nowhere.port, '127.0.0.1'));
    await client.until(({ socket }) => socket.closed);
    expect(client.error).toBe('ECONNRESET');
    nowhere.close();
  });
});

describe('latency and bandwidth', () => {
  it('delays every byte by the same time and not one after the other, in one direction alone', async () => {
    const { client, server } = await rig.open();
    rig.proxy.change({ latencyMs: 500 }, 'up');
    const startedAt = performance.now();
    for (let n = 0; n < 20; n++) {
      client.socket.write('x');
      await settle(1);
    }
    await server.until(({ text }) => text.length === 20);
    const tookMs = performance.now() - startedAt;
    expect(tookMs).toBeGreaterThan(500);
    expect(tookMs).toBeLessThan(20 * 500);
    server.socket.write('y');
    await client.until(({ text }) => text === 'y');
  });

  it('jitter never changes the order', async () => {
    const { client, server } = await rig.open();
    rig.proxy.change({ jitterMs: 20 });
    const words = Array.from({ length: 30 }, (_, n) => `${n} `);
    for (const word of words) {
      client.socket.write(word);
      await settle(1);
    }
    await server.until(({ text }) => text.length === words.join('').length);
    expect(server.text).toBe(words.join(''));
  });

  it('a narrow link takes its time, and is wide again in the middle of a stream', async () => {
    const { client, server } = await rig.open();
    rig.proxy.change({ bytesPerSecond: 10_000 });
    const startedAt = performance.now();
    client.socket.write('x'.repeat(2_000));
    await server.until(({ text }) => text.length === 2_000);
    expect(performance.now() - startedAt).toBeGreaterThan(150);
    client.socket.write('x'.repeat(1_000_000));
    await server.until(({ text }) => text.length > 2_000);
    await rig.proxy.heal();
    await server.until(({ text }) => text.length === 1_002_000);
    expect(performance.now() - startedAt).toBeLessThan(60_000);
  });
});

describe('a black hole', () => {
  it('holds everything back, the end as well, and tells nobody; afterwards it all arrives', async () => {
    const { client, server } = await rig.open();
    rig.proxy.change({ blackHole: true });
    client.socket.end('question');
    const late = await rig.open();
    late.client.socket.write('late');
    await settle();
    expect([server.text, server.ended, late.server.text]).toEqual(['', false, '']);
    await rig.proxy.heal();
    await server.until(({ ended }) => ended);
    await late.server.until(({ text }) => text === 'late');
    expect(server.text).toBe('question');
  });

  it('swallows a reset, too, until it ends', async () => {
    const { client, server } = await rig.open();
    rig.proxy.change({ blackHole: true });
    server.socket.resetAndDestroy();
    await settle();
    expect(client.socket.closed).toBe(false);
    await rig.proxy.heal();
    await client.until(({ socket }) => socket.closed);
    expect(client.error).toBe('ECONNRESET');
  });

  it('costs no more memory than a bounded queue', async () => {
    const { client, server } = await rig.open();
    rig.proxy.change({ blackHole: true }, 'up');
    const written = 64_000_000;
    client.socket.write(Buffer.alloc(written));
    await settle(200);
    expect(client.socket.writableLength).toBeGreaterThan(written / 4);
    server.socket.write('other way');
    await client.until(({ text }) => text === 'other way');
  });

  it('an orphaned connection stays silent although the link is good, and a new one works', async () => {
    const { client, server } = await rig.open();
    client.socket.write('before');
    await server.until(({ text }) => text === 'before');
    rig.proxy.orphan();
    client.socket.write('after');
    server.socket.end('answer');
    await rig.proxy.heal();
    const fresh = await rig.open();
    fresh.client.socket.write('fresh');
    await fresh.server.until(({ text }) => text === 'fresh');
    await settle();
    expect([server.text, client.text, client.ended]).toEqual(['before', '', false]);
  });
});

describe('an end with violence', () => {
  it('reset reaches both sides of every open connection', async () => {
    const first = await rig.open();
    const second = await rig.open();
    rig.proxy.reset();
    for (const side of [first.client, first.server, second.client, second.server]) {
      await side.until(({ socket }) => socket.closed);
      expect(side.error).toBe('ECONNRESET');
    }
  });

  it('a reset of one side becomes a reset of the other', async () => {
    const { client, server } = await rig.open();
    server.socket.resetAndDestroy();
    await client.until(({ socket }) => socket.closed);
    expect(client.error).toBe('ECONNRESET');
  });

  it('refuses new connections, keeps the open ones, and takes the same port again', async () => {
    const { client, server } = await rig.open();
    const { port } = rig.proxy;
    rig.proxy.refuse();
    const refused = new Side(connect(port, '127.0.0.1'));
    await refused.until(({ socket }) => socket.closed);
    expect(refused.error).toBe('ECONNREFUSED');
    client.socket.write('still here');
    await server.until(({ text }) => text === 'still here');
    await rig.proxy.heal();
    expect(rig.proxy.port).toBe(port);
    await rig.open();
  });

  it('half-closes: one side hears the end, and the other direction goes on', async () => {
    const { client, server } = await rig.open();
    rig.proxy.halfClose('down');
    await client.until(({ ended }) => ended);
    server.socket.write('too late');
    client.socket.write('goes on');
    await server.until(({ text }) => text === 'goes on');
    expect(client.text).toBe('');
  });

  it('truncates after so many bytes, with an orderly end or a reset', async () => {
    rig.proxy.change({ cutAfterBytes: 5 }, 'down');
    const orderly = await rig.open();
    orderly.server.socket.write('0123456789');
    await orderly.client.until(({ ended }) => ended);
    orderly.client.socket.write('still there?');
    await orderly.server.until(({ socket }) => socket.closed);
    await settle();
    expect([orderly.client.text, orderly.client.error]).toEqual(['01234', undefined]);

    rig.proxy.change({ cutBy: 'reset' }, 'down');
    const brutal = await rig.open();
    brutal.server.socket.write('0123456789');
    // Node takes a reset that comes together with data for an end; only the next write tells them apart.
    await brutal.client.until(({ ended, socket }) => ended || socket.closed);
    brutal.client.socket.write('still there?');
    await brutal.client.until(({ socket }) => socket.closed);
    expect(brutal.client.error).toMatch(/^(ECONNRESET|EPIPE)$/);
  });

  it('cuts each connection where the seed says, and there again in another run', async () => {
    const run = async (seed: number) => {
      await rig.restart({ seed });
      rig.proxy.change({ cutAfterBytes: [1, 100] }, 'up');
      const lengths: number[] = [];
      for (let n = 0; n < 6; n++) {
        const { client, server } = await rig.open();
        client.socket.write('x'.repeat(200));
        await server.until(({ ended }) => ended);
        lengths.push(server.text.length);
      }
      return lengths;
    };
    const first = await run(4);
    expect(new Set(first).size).toBeGreaterThan(2);
    expect(await run(4)).toEqual(first);
    expect(await run(5)).not.toEqual(first);
  });
});

describe('between a client and the simulator', () => {
  it('an answer that is lost on the way leaves the events stored', async () => {
    const splunk = await startSimulator({ port: 0 });
    await rig.restart({ target: { port: splunk.port } });
    const headers = { Authorization: `Splunk ${splunk.token}` };
    const send = (event: string) =>
      rawRequest(`http://127.0.0.1:${rig.proxy.port}/services/collector`, {
        headers,
        body: JSON.stringify({ event }),
      });
    expect((await send('good')).status).toBe(200);
    rig.proxy.change({ cutAfterBytes: 40, cutBy: 'reset' }, 'down');
    await expect(send('ambiguous')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await rig.proxy.heal();
    expect((await send('good again')).status).toBe(200);
    expect(splunk.events().map(({ event }) => event)).toEqual(['good', 'ambiguous', 'good again']);
    await splunk.close();
  });
});
