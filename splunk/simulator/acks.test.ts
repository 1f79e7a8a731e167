import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RawResponse, rawRequest } from '@/splunk/simulator/raw-request';
import { type Simulator, startSimulator } from '@/splunk/simulator/simulator';

// Vectors 40, 41, 43 and 44 of hec.md §6.8: A uses acknowledgement, T does not.

const A = randomUUID();
const T = randomUUID();
const channel = randomUUID();
const asA = { Authorization: `Splunk ${A}` };
const onChannel = { ...asA, 'X-Splunk-Request-Channel': channel };

let splunk: Simulator;

beforeEach(async () => {
  splunk = await startSimulator({ port: 0, tokens: [{ value: A, useAck: true }, { value: T }] });
});
afterEach(() => splunk.close());

function post(body: string, headers: Record<string, string>): Promise<RawResponse> {
  return rawRequest(`${splunk.url}/services/collector/event`, { headers, body });
}

describe('acknowledgement, as far as sending goes', () => {
  it('40: A without a channel is code 10, on Splunk Cloud code 28', async () => {
    const answer = await post('{"event":"a"}', asA);
    expect([answer.status, answer.text]).toEqual([400, '{"text":"Data channel is missing","code":10}']);
    const cloud = await startSimulator({ port: 0, flavour: 'cloud', tokens: [{ value: A, useAck: true }] });
    const there = await rawRequest(`${cloud.url}/services/collector`, {
      headers: asA,
      body: '{"event":"a"}',
    });
    expect([there.status, there.text.endsWith('"code":28}')]).toEqual([400, true]);
    await cloud.close();
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
    const answers = [await post('{"event":"a"}', onChannel), await post('{"event":"b"}', onChannel)];
    expect(answers.map((answer) => answer.text)).toEqual([
      '{"text":"Success","code":0,"ackId":0}',
      '{"text":"Success","code":0,"ackId":1}',
    ]);
  });

  it('43, 44: a refusal acknowledges the prefix, and nothing when there is none', async () => {
    const partial = await post('{"event":"a"}{', onChannel);
    expect(partial.text).toBe('{"text":"Invalid data format","code":6,"invalid-event-number":1,"ackId":0}');
    expect((await post('{', onChannel)).text).toBe(
      '{"text":"Invalid data format","code":6,"invalid-event-number":0}',
    );
    expect(splunk.events().map((event) => event.event)).toEqual(['a']);
  });
});
