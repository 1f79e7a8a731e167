import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RawRequest, type RawResponse, rawRequest } from '@/splunk/simulator/raw-request';
import { type Simulator, startSimulator } from '@/splunk/simulator/simulator';

const noon = Date.UTC(2026, 10, 23, 12);
let splunk: Simulator;

beforeEach(async () => {
  splunk = await startSimulator({ port: 0, clock: () => noon });
});
afterEach(() => splunk.close());

function post(
  body: string | Uint8Array,
  headers: Record<string, string> = {},
  query = '',
): Promise<RawResponse> {
  const sent = { 'User-Agent': 'test', Authorization: `Splunk ${splunk.token}`, ...headers };
  return rawRequest(`${splunk.url}/services/collector${query}`, { headers: sent, body });
}

async function health(query = '', headers: RawRequest['headers'] = {}): Promise<[number, unknown]> {
  const answer = await rawRequest(`${splunk.url}/services/collector/health${query}`, {
    method: 'GET',
    headers,
  });
  return [answer.status, JSON.parse(answer.text).code];
}

describe('what is stored', () => {
  it('has the defaults of token, request and clock filled in', async () => {
    splunk.setToken({ value: splunk.token, name: 'prod', defaultIndex: 'audit' });
    await post('{"event":"a"}', { Host: 'splunk.test' });
    expect(splunk.events()[0]).toMatchObject({
      index: 'audit',
      time: noon / 1000,
      host: 'splunk.test',
      source: 'http:prod',
      sourcetype: 'httpevent',
    });
  });

  it('prefers the object over the query string, and that over the token', async () => {
    await post('{"event":"a","source":"own"}', {}, '?source=query&sourcetype=query&index=audit&host=query');
    expect(splunk.events()[0]).toMatchObject({
      source: 'own',
      sourcetype: 'query',
      index: 'audit',
      host: 'query',
    });
  });

  it('is the wire text byte for byte, beyond the precision of numbers', async () => {
    const object = '{ "event" : {"n":12345678901234567890, "t":"é\\u00e9"}}';
    await post(`  ${object}\n`);
    expect(splunk.events()[0]?.raw).toBe(object);
  });

  it('goes to lastChanceIndex where the index does not exist or is disabled', async () => {
    const other = await startSimulator({
      port: 0,
      tokens: [{ value: 'unrestricted' }],
      indexes: ['main', { name: 'off', disabled: true }, 'lost'],
      lastChanceIndex: 'lost',
    });
    const body = '{"event":1,"index":"nope"}{"event":2,"index":"off"}{"event":3}';
    await rawRequest(`${other.url}/services/collector`, {
      headers: { Authorization: 'Splunk unrestricted' },
      body,
    });
    expect(other.events().map((event) => [event.index, event.searchable])).toEqual([
      ['lost', true],
      ['lost', true],
      ['main', true],
    ]);
    await other.close();
  });

  it('is found by index, sourcetype, event id, time and text; duplicates are counted', async () => {
    await post(
      '{"event":{"event_id":"1"},"time":10,"index":"audit"}{"event":"Hello","fields":{"event_id":"2"},"time":20}',
    );
    await post('{"event":"hello again","fields":{"event_id":"2"},"time":30,"sourcetype":"s"}');
    const times = (query: Parameters<Simulator['events']>[0]) =>
      splunk.events(query).map((event) => event.time);
    expect(times({ index: 'audit' })).toEqual([10]);
    expect(times({ sourcetype: 's' })).toEqual([30]);
    expect(times({ eventId: '1' })).toEqual([10]);
    expect(times({ eventId: '2' })).toEqual([20, 30]);
    expect(times({ from: 20, to: 20 })).toEqual([20]);
    expect(times({ text: 'HELLO' })).toEqual([20, 30]);
    expect(times({ searchable: false })).toEqual([]);
    expect([...splunk.duplicates()]).toEqual([['2', 2]]);
  });

  it('is bounded where a bound is set, while the total keeps counting', async () => {
    const bounded = await startSimulator({ port: 0, tokens: [{ value: 'bounded' }], keep: 10 });
    const body = Array.from({ length: 25 }, (_, n) => JSON.stringify({ event: n })).join('');
    await rawRequest(`${bounded.url}/services/collector`, {
      headers: { Authorization: 'Splunk bounded' },
      body,
    });
    expect(bounded.events().length).toBeLessThanOrEqual(11);
    expect(bounded.events().at(-1)).toMatchObject({ ordinal: 25, event: 24 });
    await bounded.close();
  });
});

describe('limits', () => {
  it('a declared length over the limit is refused before any of the body arrives', async () => {
    splunk.setLimits({ maxContentLengthBytes: 1000 });
    const socket = connect(splunk.port, '127.0.0.1');
    socket.write('POST /services/collector HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n');
    const [head] = await once(socket, 'data');
    expect(String(head)).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });

  it('a gzip bomb costs one 413', async () => {
    splunk.setLimits({ maxContentLengthBytes: 100_000 });
    const bomb = gzipSync(Buffer.alloc(50_000_000, 0x20));
    expect(bomb.length).toBeLessThan(100_000);
    expect((await post(bomb, { 'Content-Encoding': 'gzip' })).status).toBe(413);
  });

  it('a body without a declared length is cut off at the limit with a readable 413', async () => {
    splunk.setLimits({ maxContentLengthBytes: 1000 });
    const answer = await post(Buffer.alloc(2_000_000, 0x20), { 'Transfer-Encoding': 'chunked' });
    expect(answer.status).toBe(413);
  });
});

describe('condition', () => {
  it.each([
    [{}, 200, 17],
    [{ queueFill: 1 }, 503, 18],
    [{ shuttingDown: true, queueFill: 1 }, 503, 23],
    [{ ackService: 'down' }, 200, 17],
  ] as const)('health in %o', async (condition, status, code) => {
    splunk.setCondition(condition);
    expect(await health()).toEqual([status, code]);
  });

  it('health tells of acknowledgement when asked for it', async () => {
    splunk.setCondition({ ackService: 'down' });
    expect(await health('?ack=true')).toEqual([503, 19]);
    splunk.setCondition({ queueFill: 1 });
    expect(await health('?ack=true')).toEqual([503, 20]);
  });

  it('health judges the token only when strict, and can be blocked while events flow', async () => {
    splunk.setCondition({ strictHealth: true });
    expect(await health('', { Authorization: 'Splunk nobody' })).toEqual([400, 21]);
    splunk.disableToken(splunk.token);
    expect(await health('', { Authorization: `Splunk ${splunk.token}` })).toEqual([400, 22]);
    splunk.enableToken(splunk.token);
    expect(await health('', { Authorization: `Splunk ${splunk.token}` })).toEqual([200, 17]);
    splunk.setCondition({ healthBlocked: true });
    const blocked = await rawRequest(`${splunk.url}/services/collector/health`, { method: 'GET' });
    expect([blocked.status, blocked.headers['content-type']]).toEqual([403, 'text/html; charset=UTF-8']);
    expect((await post('{"event":"a"}')).status).toBe(200);
  });

  it.each([
    [{ queueFill: 1 }, 503, '"code":9', 0],
    [{ queueFill: 0.85 }, 200, '"code":0', 1],
    [{ queueFill: 0.85, backpressure: 'warn_at_80' }, 200, '"code":24', 1],
    [{ queueFill: 1, backpressure: 'warn_at_80' }, 429, '"code":26', 0],
    [{ shuttingDown: true }, 503, '"code":23', 0],
  ] as const)('49: events in %o', async (condition, status, code, stored) => {
    splunk.setCondition(condition);
    const answer = await post('{"event":"a"}');
    expect([answer.status, answer.text.includes(code)]).toEqual([status, true]);
    expect(splunk.events()).toHaveLength(stored);
  });
});

describe('configuration', () => {
  it('is what heal() returns to', async () => {
    const warning = await startSimulator({ port: 0, condition: { backpressure: 'warn_at_80' } });
    const send = () =>
      rawRequest(`${warning.url}/services/collector`, {
        headers: { Authorization: `Splunk ${warning.token}` },
        body: '{"event":"a"}',
      });
    warning.setCondition({ queueFill: 1 });
    expect((await send()).status).toBe(429);
    warning.heal();
    expect((await send()).status).toBe(200);
    warning.setCondition({ queueFill: 0.9 });
    expect((await send()).text).toContain('"code":24');
    await warning.close();
  });
});

describe('connections', () => {
  const half = '{"event":"a"}';

  async function sendHalf(): Promise<Socket> {
    const socket = connect(splunk.port, '127.0.0.1');
    const authorization = `Authorization: Splunk ${splunk.token}`;
    const length = `Content-Length: ${half.length * 2}`;
    socket.write(
      `POST /services/collector HTTP/1.1\r\nHost: x\r\n${authorization}\r\n${length}\r\n\r\n${half}`,
    );
    await splunk.waitFor((_events, journal) => journal.length === 1);
    return socket;
  }

  it('48: a late body is waited for', async () => {
    const socket = await sendHalf();
    expect(splunk.events()).toEqual([]);
    socket.end(half);
    await splunk.waitFor((_events, journal) => journal[0]?.status === 200);
    expect(splunk.events()).toHaveLength(2);
  });

  it('a client that leaves halfway leaves nothing behind', async () => {
    const socket = await sendHalf();
    socket.destroy();
    await splunk.waitFor(() => splunk.connections().open === 0);
    expect(splunk.events()).toEqual([]);
    expect(splunk.journal()[0]?.status).toBeNull();
  });

  it('reset() forgets what was received and scripted but keeps the tokens', async () => {
    splunk.setToken({ value: 'second' });
    await post('{"event":"a"}');
    splunk.answerNext({ status: 503 });
    splunk.setCondition({ queueFill: 1 });
    splunk.reset();
    expect([splunk.events(), splunk.journal()]).toEqual([[], []]);
    expect((await post('{"event":"b"}')).status).toBe(200);
    expect(splunk.tokens.map((token) => token.value)).toContain('second');
  });

  it('a removed token is unknown at the next request', async () => {
    const { token } = splunk;
    splunk.removeToken(token);
    expect((await post('{"event":"a"}', { Authorization: `Splunk ${token}` })).status).toBe(403);
  });

  it('waitFor says what was there when it gives up', async () => {
    await expect(splunk.waitFor((events) => events.length > 0, { timeoutMs: 20 })).rejects.toThrow(
      'Not reached within 20 ms: Splunk has 0 events of 0 requests',
    );
  });
});

describe('the journal', () => {
  it('never holds a token, however it was presented', async () => {
    const { token } = splunk;
    const basic = Buffer.from(`x:${token}`).toString('base64');
    await post('{"event":"a"}');
    await post('{"event":"a"}', { Authorization: token });
    await post('{"event":"a"}', { Authorization: `Basic ${basic}` });
    await post('{"event":"a"}', {}, `?token=${token}`);
    const written = JSON.stringify(splunk.journal());
    expect(written).not.toContain(token);
    expect(written).not.toContain(basic);
    expect(splunk.journal()[0]?.headers.authorization).toBe(`Splunk ****${token.slice(-4)}`);
  });

  it('has sizes before and after decompression, the answer and the events taken', async () => {
    const gzip = gzipSync('{"event":"a"}');
    await post(gzip, { 'Content-Encoding': 'gzip' });
    expect(splunk.journal()).toMatchObject([
      {
        id: 1,
        method: 'POST',
        path: '/services/collector',
        wireBytes: gzip.length,
        decodedBytes: 13,
        stored: 1,
      },
    ]);
    expect(splunk.journal()[0]).toMatchObject({
      status: 200,
      code: 0,
      responseBody: '{"text":"Success","code":0}',
    });
  });
});
