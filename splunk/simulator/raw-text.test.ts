import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rawRequest } from '@/splunk/simulator/raw-request';
import { type Simulator, startSimulator } from '@/splunk/simulator/simulator';

// Vectors 45 to 47 of hec.md §6.8.

let splunk: Simulator;

beforeEach(async () => {
  splunk = await startSimulator({ port: 0 });
});
afterEach(() => splunk.close());

function post(body: string | Uint8Array, path = '/raw') {
  const headers = { Authorization: `Splunk ${splunk.token}` };
  return rawRequest(`${splunk.url}/services/collector${path}`, { headers, body });
}

describe('raw text', () => {
  it.each(['/raw', '/raw/1.0'])('45: %s takes one event for each line, without a channel', async (path) => {
    const answer = await post('one\r\n\n  two  \n{"event":"three"}', path);
    expect([answer.status, answer.text]).toEqual([200, '{"text":"Success","code":0}']);
    expect(splunk.events().map(({ event, position }) => [event, position])).toEqual([
      ['one', 0],
      ['  two  ', 1],
      ['{"event":"three"}', 2],
    ]);
  });

  it('takes its metadata from the query', async () => {
    await post('one', '/raw?index=audit&host=h&source=s&sourcetype=t');
    expect(splunk.events()[0]).toMatchObject({ index: 'audit', host: 'h', source: 's', sourcetype: 't' });
  });

  it('accepts broken UTF-8', async () => {
    expect((await post(Buffer.from([0x61, 0xff]))).status).toBe(200);
    expect(splunk.events()[0]?.event).toBe('a\ufffd');
  });

  it.each(['', ' \r\n '])('46: %j is no data', async (body) => {
    const answer = await post(body);
    expect([answer.status, answer.text]).toEqual([400, '{"text":"No data","code":5}']);
  });

  it('47: an index that is not allowed is code 7', async () => {
    const answer = await post('one\ntwo', '/raw?index=nope');
    expect([answer.status, answer.text]).toEqual([
      400,
      '{"text":"Incorrect index","code":7,"invalid-event-number":1}',
    ]);
    expect(splunk.events()).toEqual([]);
  });
});
