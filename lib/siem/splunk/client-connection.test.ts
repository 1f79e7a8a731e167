import { describe, expect, it, onTestFinished } from 'vitest';
import { clientFor, policy, recording, small, success } from '@/lib/siem/splunk/testing/hec-client';

describe('the connection', () => {
  it('is kept between requests and renewed on demand', async () => {
    const server = await recording();
    const client = clientFor(server.port);
    await client.send(small);
    await client.send(small);
    expect(server.opened()).toBe(1);
    client.renew();
    await client.send(small);
    expect(server.opened()).toBe(2);
  });

  it('is renewed when it is old', async () => {
    const server = await recording();
    const client = clientFor(server.port, {}, { limits: { ageMs: 0 } });
    await client.send(small);
    await client.send(small);
    expect(server.opened()).toBe(2);
  });

  it('is replaced after the server closed it while it was idle', async () => {
    const server = await recording((response) => response.setHeader('Connection', 'close').end(success));
    const client = clientFor(server.port);
    await client.send(small);
    await expect(client.send(small)).resolves.toMatchObject({ kind: 'response', status: 200 });
    expect(server.opened()).toBe(2);
  });

  it('survives a long error page: the body is read, the connection stays', async () => {
    const server = await recording((response) => response.writeHead(500).end('x'.repeat(30_000)));
    const client = clientFor(server.port);
    await client.send(small);
    await client.send(small);
    expect(server.opened()).toBe(1);
  });

  it('goes to the checked address and nowhere else, with the name in the Host header', async () => {
    const server = await recording();
    const eventUrl = `http://splunk.test:${server.port}/services/collector/event`;
    const lookups: string[] = [];
    const lookup = async (host: string) => {
      lookups.push(host);
      return [{ address: '127.0.0.1', family: 4 }];
    };
    await expect(clientFor(0, { eventUrl }, { lookup }).send(small)).resolves.toMatchObject({ status: 200 });
    expect(lookups).toEqual(['splunk.test']);
    expect(server.received[0]?.request.headers.host).toBe(`splunk.test:${server.port}`);
  });

  it('takes the second address of a name when the first refuses', async () => {
    const server = await recording();
    const eventUrl = `http://splunk.test:${server.port}/services/collector/event`;
    const lookup = async () => [
      { address: '::1', family: 6 },
      { address: '127.0.0.1', family: 4 },
    ];
    await expect(clientFor(0, { eventUrl }, { lookup }).send(small)).resolves.toMatchObject({ status: 200 });
  });

  it('is not made when one address of a name is refused', async () => {
    const server = await recording();
    const eventUrl = `http://splunk.test:${server.port}/services/collector/event`;
    const lookup = async () => [
      { address: '127.0.0.1', family: 4 },
      { address: '169.254.169.254', family: 4 },
    ];
    const reply = await clientFor(0, { eventUrl }, { lookup }).send(small);
    expect(reply).toMatchObject({ kind: 'failure', code: 'ERR_ADDRESS_REFUSED', sent: false });
    expect(server.opened()).toBe(0);
  });

  it('is not made to loopback where that is refused, by literal or by name', async () => {
    const server = await recording();
    const strict = { ...policy, loopbackAllowed: false };
    const byLiteral = await clientFor(server.port, {}, { policy: strict }).send(small);
    const eventUrl = `http://localhost:${server.port}/services/collector/event`;
    const byName = await clientFor(0, { eventUrl }, { policy: strict }).send(small);
    for (const reply of [byLiteral, byName]) expect(reply).toMatchObject({ code: 'ERR_ADDRESS_REFUSED' });
    expect(server.opened()).toBe(0);
  });

  it('is not made through a proxy of the environment', async () => {
    const [proxy, server] = await Promise.all([recording(), recording()]);
    process.env.HTTP_PROXY = `http://127.0.0.1:${proxy.port}`;
    onTestFinished(() => {
      delete process.env.HTTP_PROXY;
    });
    await clientFor(server.port).send(small);
    expect([proxy.opened(), server.opened()]).toEqual([0, 1]);
  });
});
