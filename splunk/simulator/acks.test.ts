import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RawResponse, rawRequest } from '@/splunk/simulator/raw-request';
import { type Simulator, type SimulatorOptions, startSimulator } from '@/splunk/simulator/simulator';

// Vectors 39 to 44 of hec.md §6.8: A uses acknowledgement, T does not.

const A = randomUUID();
const T = randomUUID();
const channel = randomUUID();
const asA = { Authorization: `Splunk ${A}` };
const onChannel = { ...asA, 'X-Splunk-Request-Channel': channel };

let now: number;
let splunk: Simulator;

async function restart(options: Partial<SimulatorOptions>): Promise<void> {
  await splunk?.close();
  const tokens = [{ value: A, name: 'A', useAck: true }, { value: T }];
  splunk = await startSimulator({ port: 0, tokens, clock: () => now, ...options });
}

beforeEach(() => {
  now = Date.UTC(2026, 10, 23, 12);
  return restart({});
});
afterEach(() => splunk.close());

function post(body: string, headers: Record<string, string> = onChannel): Promise<RawResponse> {
  return rawRequest(`${splunk.url}/services/collector/event`, { headers, body });
}

async function ask(ids: readonly number[], headers: Record<string, string> = onChannel): Promise<unknown> {
  const body = JSON.stringify({ acks: ids });
  const answer = await rawRequest(`${splunk.url}/services/collector/ack`, { headers, body });
  return JSON.parse(answer.text).acks ?? answer.text;
}

describe('sending with acknowledgement', () => {
  it('40: A without a channel is code 10, on Splunk Cloud code 28', async () => {
    const answer = await post('{"event":"a"}', asA);
    expect([answer.status, answer.text]).toEqual([400, '{"text":"Data channel is missing","code":10}']);
    await restart({ flavour: 'cloud' });
    const there = await post('{"event":"a"}', asA);
    expect([there.status, there.text.endsWith('"code":28}')]).toEqual([400, true]);
    expect(splunk.events()).toEqual([]);
  });

  it('a channel that is no GUID is code 11 with A, ignored with T', async () => {
    const odd = { 'X-Splunk-Request-Channel': 'odd' };
    expect((await post('{"event":"a"}', { ...asA, ...odd })).text).toBe(
      '{"text":"Invalid data channel","code":11}',
    );
    expect((await post('{"event":"a"}', { Authorization: `Splunk ${T}`, ...odd })).status).toBe(200);
  });

  it('41: ack ids count from 0 on a channel', async () => {
    const answers = [await post('{"event":"a"}'), await post('{"event":"b"}')];
    expect(answers.map((answer) => answer.text)).toEqual([
      '{"text":"Success","code":0,"ackId":0}',
      '{"text":"Success","code":0,"ackId":1}',
    ]);
    expect(splunk.acks()).toEqual([{ token: 'A', channel, node: 0, issued: 2, pending: 2 }]);
  });

  it('43, 44: a refusal acknowledges the prefix, and nothing when there is none', async () => {
    const partial = await post('{"event":"a"}{');
    expect(partial.text).toBe('{"text":"Invalid data format","code":6,"invalid-event-number":1,"ackId":0}');
    expect((await post('{')).text).toBe('{"text":"Invalid data format","code":6,"invalid-event-number":0}');
    expect(splunk.events().map((event) => event.event)).toEqual(['a']);
  });

  it('a full table of ids is 503, or 429 where Splunk warns: 25 above 80 %, then 27', async () => {
    splunk.setLimits({ acksPerChannelMax: 10 });
    splunk.setCondition({ backpressure: 'warn_at_80' });
    const codes: unknown[] = [];
    for (let n = 0; n < 11; n++) codes.push(JSON.parse((await post('{"event":"a"}')).text).code);
    expect(codes).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 25, 27]);
    splunk.setCondition({ backpressure: 'off' });
    expect((await post('{"event":"a"}')).text).toContain('"code":9');
    now += 1000;
    await ask([0, 1, 2]);
    expect((await post('{"event":"a"}')).status).toBe(200);
  });

  it('a full table of channels refuses only a new channel', async () => {
    splunk.setLimits({ ackChannelsMax: 1 });
    expect((await post('{"event":"a"}')).status).toBe(200);
    expect((await post('{"event":"a"}')).status).toBe(200);
    const other = { ...asA, 'X-Splunk-Request-Channel': randomUUID() };
    expect((await post('{"event":"a"}', other)).status).toBe(503);
  });
});

describe('asking', () => {
  it('39: T is code 14, before any look at the channel', async () => {
    expect(await ask([0], { Authorization: `Splunk ${T}` })).toBe('{"text":"ACK is disabled","code":14}');
    expect(await ask([0], asA)).toBe('{"text":"Data channel is missing","code":10}');
  });

  it('42: true once the delay is over, then forgotten; on another channel never', async () => {
    await post('{"event":"a"}');
    expect(await ask([0, 1])).toEqual({ 0: false, 1: false });
    now += 1000;
    expect(await ask([0], { ...asA, 'X-Splunk-Request-Channel': randomUUID() })).toEqual({ 0: false });
    expect(await ask([0])).toEqual({ 0: true });
    expect(await ask([0])).toEqual({ 0: false });
  });

  it.each(['', 'x', '[]', '{"acks":"0"}', '{"acks":[0.5]}', '{"acks":{}}'])(
    'a body that does not ask is refused: %j',
    async (body) => {
      const answer = await rawRequest(`${splunk.url}/services/collector/ack`, { headers: onChannel, body });
      const refusal = body === '' ? '{"text":"No data","code":5}' : '{"text":"Invalid data format","code":6}';
      expect([answer.status, answer.text]).toEqual([400, refusal]);
    },
  );

  it('nothing is confirmed while it never is, or while the service is down', async () => {
    await post('{"event":"a"}');
    now += 1000;
    splunk.setAcks({ never: true });
    expect(await ask([0])).toEqual({ 0: false });
    splunk.setAcks({ never: false });
    splunk.setCondition({ ackService: 'down' });
    expect(await ask([0])).toEqual({ 0: false });
    splunk.setCondition({ ackService: 'up' });
    expect(await ask([0])).toEqual({ 0: true });
  });

  it('a channel unused for ten minutes is forgotten, and counts from 0 again', async () => {
    await post('{"event":"a"}');
    now += 599_000;
    await post('{"event":"b"}');
    now += 600_000;
    expect(await ask([0, 1])).toEqual({ 0: false, 1: false });
    expect((await post('{"event":"c"}')).text).toContain('"ackId":0');
  });
});

describe('behind a balancer', () => {
  it('each of two indexers counts for itself, and only the cookie leads back to the one that knows', async () => {
    await restart({ balancer: { nodes: 2 } });
    const first = await post('{"event":"a"}');
    const second = await post('{"event":"b"}');
    expect([first.text, second.text]).toEqual(Array(2).fill('{"text":"Success","code":0,"ackId":0}'));
    expect(first.headers['set-cookie']).toEqual(['AWSALB=node-0; Path=/']);
    now += 1000;
    const sticky = { ...onChannel, Cookie: 'AWSALB=node-0' };
    expect(await ask([0], sticky)).toEqual({ 0: true });
    expect(await ask([0], sticky)).toEqual({ 0: false });
    expect(splunk.acks().map(({ node, pending }) => [node, pending])).toEqual(
      expect.arrayContaining([
        [0, 0],
        [1, 1],
      ]),
    );
    expect(splunk.journal().map(({ node }) => node)).toEqual([0, 1, 0, 0]);
  });

  it('blocks requests without the cookie where told to, and only those that need acknowledgement', async () => {
    await restart({ balancer: { blockWithoutCookie: true } });
    const refused = await post('{"event":"a"}');
    expect([refused.status, refused.headers['set-cookie']]).toEqual([400, ['AWSALB=node-0; Path=/']]);
    expect((await post('{"event":"a"}', { ...onChannel, Cookie: 'x=1; AWSALB=node-0' })).status).toBe(200);
    expect((await post('{"event":"a"}', { Authorization: `Splunk ${T}` })).status).toBe(200);
  });
});
