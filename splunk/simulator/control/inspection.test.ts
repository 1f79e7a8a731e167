import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RawResponse, rawRequest } from '@/splunk/simulator/raw-request';
import { type Simulator, startSimulator } from '@/splunk/simulator/simulator';

let splunk: Simulator;

beforeEach(async () => {
  splunk = await startSimulator({ port: 0 });
});
afterEach(() => splunk.close());

function get(path: string, headers: Record<string, string> = {}): Promise<RawResponse> {
  return rawRequest(splunk.url + path, { method: 'GET', headers });
}

function send(...envelopes: unknown[]): Promise<RawResponse> {
  const body = envelopes.map((envelope) => JSON.stringify(envelope)).join('');
  return rawRequest(`${splunk.url}/services/collector`, {
    headers: { Authorization: `Splunk ${splunk.token}` },
    body,
  });
}

describe('the control port', () => {
  it('gives events and requests as JSON, the token masked', async () => {
    await send(
      { event: { event_id: 'one' }, index: 'audit', time: 1752480000 },
      { event: { event_id: 'two' } },
    );
    const found = JSON.parse((await get('/simulator/events.json?index=audit&event_id=one')).text);
    expect(found.events).toMatchObject([{ index: 'audit', event: { event_id: 'one' } }]);
    expect(JSON.parse((await get('/simulator/events.json?index=audit&event_id=two')).text).events).toEqual(
      [],
    );
    const ids = async (query: string) => {
      const { events } = JSON.parse((await get(`/simulator/events.json?${query}`)).text);
      return events.map(({ event }: { event: { event_id: string } }) => event.event_id);
    };
    expect(await ids('from=1752480000.5&to=&searchable=true')).toEqual(['two']);
    expect(await ids('to=1752480000')).toEqual(['one']);
    expect((await get('/simulator/events.json?from=noon')).status).toBe(400);
    const journal = await get('/simulator/journal.json');
    expect(JSON.parse(journal.text).requests).toMatchObject([{ status: 200, code: 0, stored: 2 }]);
    expect(journal.text).not.toContain(splunk.token);
  });

  it('does not write its own requests into the journal', async () => {
    await get('/');
    await get('/simulator/journal.json');
    expect(splunk.journal()).toEqual([]);
  });

  it('adds a token and alters only what is named', async () => {
    const set = (body: unknown) =>
      rawRequest(`${splunk.url}/simulator/tokens`, { body: JSON.stringify(body) });
    expect((await set({ value: 'fresh', allowedIndexes: ['audit'], defaultIndex: 'audit' })).status).toBe(
      200,
    );
    expect((await set({ value: 'fresh', disabled: true })).status).toBe(200);
    expect(splunk.tokens.find((token) => token.value === 'fresh')).toMatchObject({
      disabled: true,
      allowedIndexes: ['audit'],
      defaultIndex: 'audit',
    });
  });

  it.each([
    ['not JSON', 'value=x', 'expected object'],
    ['no value', '{"disabled":true}', 'value'],
    ['a wrong type', '{"value":"x","disabled":"yes"}', 'disabled'],
    ['an unknown field', '{"value":"x","indexes":[]}', 'indexes'],
    ['too long', JSON.stringify({ value: 'x'.repeat(70_000) }), 'expected object'],
  ])('answers 400 naming the field: %s', async (_case, body, named) => {
    const answer = await rawRequest(`${splunk.url}/simulator/tokens`, { body });
    expect([answer.status, JSON.parse(answer.text).error.includes(named)]).toEqual([400, true]);
    expect(splunk.tokens).toHaveLength(1);
  });

  it.each([
    ['/simulator/faults', { fault: { kind: 'nonsense' } }, 'kind'],
    ['/simulator/faults', { fault: { kind: 'busy' }, often: true }, 'often'],
    ['/simulator/rehearse', { name: 'toString' }, 'name must be the name of a rehearsal'],
    ['/simulator/heal', { id: 'x' }, 'id'],
    ['/simulator/condition', { queueFill: -1 }, 'queueFill'],
    ['/simulator/limits', { maxEventBytes: 0 }, 'maxEventBytes'],
    ['/simulator/tls', { variant: 'none' }, 'variant'],
  ])('refuses %s %j naming what is wrong', async (path, body, named) => {
    const answer = await rawRequest(splunk.url + path, { body: JSON.stringify(body) });
    expect([answer.status, JSON.parse(answer.text).error]).toEqual([400, expect.stringContaining(named)]);
    expect(splunk.faults()).toEqual([]);
  });

  it.each([
    ['/simulator/rehearse', { name: 'expired-certificate' }],
    ['/simulator/faults', { fault: { kind: 'tls', variant: 'expired' } }],
  ])('says of %s %j that there is no certificate here', async (path, body) => {
    const answer = await rawRequest(splunk.url + path, { body: JSON.stringify(body) });
    expect([answer.status, JSON.parse(answer.text).error]).toEqual([409, expect.stringContaining('--https')]);
    expect(splunk.faults()).toEqual([]);
  });

  it.each(['GET /simulator/nothing', 'PUT /simulator/faults', 'GET /simulator/reset', 'POST /'])(
    '%s is not there',
    async (asked) => {
      const [method = '', path = ''] = asked.split(' ');
      const answer = await rawRequest(splunk.url + path, { method });
      expect([answer.status, JSON.parse(answer.text).error]).toEqual([404, `There is no ${asked} here.`]);
    },
  );

  it('pages through events and requests from a number on', async () => {
    await send({ event: 1 }, { event: 2 }, { event: 3 });
    await send({ event: 4 });
    const { events } = JSON.parse((await get('/simulator/events.json?after=1&limit=2')).text);
    expect(events.map(({ ordinal }: { ordinal: number }) => ordinal)).toEqual([2, 3]);
    const { requests } = JSON.parse((await get('/simulator/journal.json?after=1')).text);
    expect(requests).toMatchObject([{ id: 2, stored: 1 }]);
  });

  it('reset forgets the events; a browser is sent back to the page', async () => {
    await send({ event: 'a' });
    const reset = (headers: Record<string, string>) =>
      rawRequest(`${splunk.url}/simulator/reset`, { headers });
    expect((await reset({ Accept: 'text/html', 'Sec-Fetch-Site': 'same-origin' })).headers.location).toBe(
      '/',
    );
    expect(splunk.events()).toEqual([]);
    expect((await reset({})).text).toBe('{"reset":true}');
  });

  it('obeys no other site', async () => {
    await send({ event: 'a' });
    const headers = { 'Sec-Fetch-Site': 'cross-site' };
    expect((await rawRequest(`${splunk.url}/simulator/reset`, { headers })).status).toBe(403);
    const body = '{"value":"planted"}';
    expect((await rawRequest(`${splunk.url}/simulator/tokens`, { headers, body })).status).toBe(403);
    const fault = '{"name":"busy"}';
    expect((await rawRequest(`${splunk.url}/simulator/rehearse`, { headers, body: fault })).status).toBe(403);
    expect([splunk.events().length, splunk.tokens.length, splunk.faults().length]).toEqual([1, 1, 0]);
  });

  it.each(['http://evil.example', 'null'])(
    'refuses a change from the origin %s, also of an old browser',
    async (origin) => {
      const response = await rawRequest(`${splunk.url}/simulator/reset`, { headers: { Origin: origin } });
      expect(response.status).toBe(403);
    },
  );

  it('does not exist under a foreign host name: that is Splunk answering 404', async () => {
    for (const path of ['/', '/simulator/events.json', '/simulator/ledger.ndjson']) {
      const answer = await get(path, { Host: 'attacker.test' });
      expect([answer.status, JSON.parse(answer.text).code]).toEqual([404, 404]);
    }
  });
});
