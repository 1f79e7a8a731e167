import { randomUUID } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RawRequest, type RawResponse, rawRequest } from '@/splunk/simulator/raw-request';
import { type Simulator, startSimulator } from '@/splunk/simulator/simulator';

// Vectors 1 to 38 and 50 of hec.md §6.8, by number; 39 to 47 are in acks.test.ts and raw-text.test.ts, 48 and 49 in
// simulator.test.ts. T may write to main and audit, U anywhere.

const T = randomUUID();
const U = randomUUID();
const success = '{"text":"Success","code":0}';

let splunk: Simulator;

beforeAll(async () => {
  splunk = await startSimulator({
    port: 0,
    tokens: [
      { value: T, name: 'T', allowedIndexes: ['main', 'audit'] },
      { value: U, name: 'U' },
    ],
  });
});
afterAll(() => splunk.close());
beforeEach(() => {
  splunk.reset();
  splunk.setToken({ value: T, disabled: false, allowQueryStringAuth: false });
});

function call(path: string, options: RawRequest = {}): Promise<RawResponse> {
  return rawRequest(splunk.url + path, options);
}

function post(
  body: string | Uint8Array,
  headers: Record<string, string> = {},
  query = '',
): Promise<RawResponse> {
  const sent = { 'User-Agent': 'conformance', Authorization: `Splunk ${T}`, ...headers };
  return call(`/services/collector/event${query}`, { headers: sent, body });
}

function stored(): unknown[] {
  return splunk.events().map((event) => event.event);
}

function refusal(text: string, code: number, n?: number): string {
  return JSON.stringify({ text, code, ...(n !== undefined && { 'invalid-event-number': n }) });
}

const formatError = (n: number) => refusal('Invalid data format', 6, n);

describe('accepted bodies', () => {
  it('1: one good event', async () => {
    const answer = await post('{"event":{"a":1}}');
    expect([answer.status, answer.text]).toEqual([200, success]);
    expect(stored()).toEqual([{ a: 1 }]);
  });

  it.each([
    ['2: two objects without a separator', '{"event":"a"}{"event":"b"}'],
    ['3: two objects separated by a newline', '{"event":"a"}\n{"event":"b"}'],
    ['4: a JSON array of two', ' [ {"event":"a"} , {"event":"b"} ] '],
  ])('%s', async (_vector, body) => {
    const answer = await post(body);
    expect([answer.status, answer.text]).toEqual([200, success]);
    expect(stored()).toEqual(['a', 'b']);
    expect(splunk.events().map((event) => event.position)).toEqual([0, 1]);
  });

  it('13: `fields` with an array of strings', async () => {
    expect((await post('{"event":"a","fields":{"tags":["x","y"]}}')).text).toBe(success);
    expect(splunk.events()[0]?.fields).toEqual({ tags: ['x', 'y'] });
  });

  it('17: `time` as a decimal string is kept', async () => {
    expect((await post('{"event":"a","time":"1752480000.123"}')).text).toBe(success);
    expect(splunk.events()[0]?.time).toBe(1752480000.123);
  });

  it('20: an unknown index with an unrestricted token is a success that no search finds', async () => {
    const answer = await post('{"event":"a","index":"nowhere"}', { Authorization: `Splunk ${U}` });
    expect([answer.status, answer.text]).toEqual([200, success]);
    expect(splunk.events()[0]).toMatchObject({ index: 'nowhere', searchable: false });
    expect(splunk.counts()).toEqual([{ index: 'nowhere', events: 1, lost: 1 }]);
  });

  it('21: an unknown key in object 1 of 3 silently loses 1 and 2', async () => {
    const answer = await post('{"event":"a"}{"event":"b","wat":1}{"event":"c"}');
    expect([answer.status, answer.text]).toEqual([200, success]);
    expect(stored()).toEqual(['a']);
  });

  it('23: `fields` alone in object 1 of 3 is skipped', async () => {
    expect((await post('{"event":"a"}{"fields":{"k":"v"}}{"event":"c"}')).text).toBe(success);
    expect(stored()).toEqual(['a', 'c']);
  });
});

describe('refused bodies keep what stood before the failure', () => {
  it.each<[string, string, string, unknown[]]>([
    ['5: a comma between objects', '{"event":"a"},{"event":"b"}', formatError(1), ['a']],
    ['6: trailing garbage', '{"event":"a"} garbage', formatError(1), ['a']],
    ['7: an unterminated object', '{"event":"a"', formatError(0), []],
    [
      '8: a blank event in the middle',
      '{"event":"a"}{"event":""}{"event":"c"}',
      refusal('Event field cannot be blank', 13, 1),
      ['a'],
    ],
    [
      '9: the first failure in document order wins',
      '{"event":""}{not json',
      refusal('Event field cannot be blank', 13, 0),
      [],
    ],
    ['10: neither event nor fields', '{"host":"h"}', refusal('Event field is required', 12, 0), []],
    ['11: a null event', '{"event":null}', formatError(0), []],
    [
      '12: nested fields in the second',
      '{"event":"a"}{"event":"b","fields":{"k":{"deep":1}}}',
      refusal('Error in handling indexed fields', 15, 1),
      ['a'],
    ],
    ['14: `fields` is an array', '{"event":"a","fields":["x"]}', formatError(0), []],
    [
      '15: `time` in words',
      '{"event":"a","time":"yesterday"}',
      refusal('Error in handling indexed fields', 15, 0),
      [],
    ],
    [
      '16: `time` with an exponent, although it denotes a good number',
      '{"event":"a","time":1.75248e9}',
      refusal('Error in handling indexed fields', 15, 0),
      [],
    ],
    ['18: an index not allowed, alone', '{"event":"a","index":"x"}', refusal('Incorrect index', 7, 1), []],
    [
      '19: an index not allowed, second: the number is position + 1',
      '{"event":"a"}{"event":"b","index":"x"}{"event":"c"}',
      refusal('Incorrect index', 7, 2),
      ['a'],
    ],
    ['22: an unknown key in the only object', '{"event":"a","wat":1}', refusal('No data', 5), []],
    ['24: an empty body', '', refusal('No data', 5), []],
    ['24: a blank body', ' \r\n\t', refusal('No data', 5), []],
  ])('%s', async (_vector, body, text, kept) => {
    const answer = await post(body);
    expect([answer.status, answer.text]).toEqual([400, text]);
    expect(stored()).toEqual(kept);
  });

  it('34: one event over 5 MiB is code 6, not 413', async () => {
    const answer = await post(JSON.stringify({ event: 'x'.repeat(5 * 1024 * 1024) }));
    expect([answer.status, answer.text]).toEqual([400, formatError(0)]);
    expect(stored()).toEqual([]);
  });
});

describe('credentials', () => {
  const event = '{"event":"a"}';

  it.each([
    ['25: no Authorization', {}, 401, refusal('Token is required', 2)],
    ['25: blank Authorization', { Authorization: ' ' }, 401, refusal('Token is required', 2)],
    ['26: Bearer', { Authorization: `Bearer ${T}` }, 401, refusal('Invalid authorization', 3)],
    ['27: unknown token', { Authorization: 'Splunk nobody' }, 403, refusal('Invalid token', 4)],
  ])('%s', async (_vector, headers, status, text) => {
    const answer = await call('/services/collector/event', { headers, body: event });
    expect([answer.status, answer.text]).toEqual([status, text]);
    expect(stored()).toEqual([]);
  });

  it('28: disabled token', async () => {
    splunk.disableToken(T);
    const answer = await post(event);
    expect([answer.status, answer.text]).toEqual([403, refusal('Token disabled', 1)]);
  });

  it('29: Basic with the token as password', async () => {
    const basic = Buffer.from(`anyone:${T}`).toString('base64');
    expect((await post(event, { Authorization: `Basic ${basic}` })).text).toBe(success);
    expect(stored()).toEqual(['a']);
  });

  it('30: a query token is looked up first, then refused unless the token allows it', async () => {
    const path = '/services/collector/event?token=';
    const bad = await call(`${path}nobody`, { body: event });
    expect([bad.status, bad.text]).toEqual([403, refusal('Invalid token', 4)]);
    const off = await call(path + T, { body: event });
    expect([off.status, off.text]).toEqual([400, refusal('Query string authorization is not enabled', 16)]);
    splunk.setToken({ value: T, allowQueryStringAuth: true });
    expect((await call(path + T, { body: event })).text).toBe(success);
  });

  it('31: a query token wins over a good header', async () => {
    const answer = await post(event, {}, `?token=${T}`);
    expect([answer.status, answer.text]).toEqual([
      400,
      refusal('Query string authorization is not enabled', 16),
    ]);
    expect(stored()).toEqual([]);
  });
});

describe('HTTP', () => {
  const html = 'text/html; charset=UTF-8';

  it('32: gzip is read, broken gzip is an HTML 400, br and deflate are an HTML 415', async () => {
    const event = Buffer.from('{"event":"a"}');
    expect((await post(gzipSync(event), { 'Content-Encoding': 'gzip' })).text).toBe(success);
    expect(stored()).toEqual(['a']);
    const answers = [
      await post(event, { 'Content-Encoding': 'gzip' }),
      await post(brotliCompressSync(event), { 'Content-Encoding': 'br' }),
      await post(deflateSync(event), { 'Content-Encoding': 'deflate' }),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([400, 415, 415]);
    expect(answers.map((answer) => answer.headers['content-type'])).toEqual([html, html, html]);
    expect(stored()).toEqual(['a']);
  });

  it('33: a declared length over the limit is an HTML 413', async () => {
    const small = await startSimulator({ port: 0, limits: { maxContentLengthBytes: 1000 } });
    const headers = { Authorization: `Splunk ${small.token}`, 'User-Agent': 'conformance' };
    const body = JSON.stringify({ event: 'x'.repeat(1000) });
    const answer = await rawRequest(`${small.url}/services/collector`, { headers, body });
    expect([answer.status, answer.headers['content-type']]).toEqual([413, html]);
    expect(answer.headers.connection).toBe('close');
    expect(small.events()).toEqual([]);
    await small.close();
  });

  it('35: GET on an event path is 405 whose body says 404', async () => {
    const answer = await call('/services/collector/event', { method: 'GET' });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('POST,OPTIONS');
    expect(answer.text).toBe(refusal('The requested URL was not found on this server.', 404));
  });

  it.each(['/services/collector/nope', '/services/collector/event/', '//services/collector', '/en-US/app'])(
    '36: unknown path %s',
    async (path) => {
      const answer = await call(path, { headers: { Authorization: `Splunk ${T}` }, body: '{"event":"a"}' });
      expect([answer.status, answer.text]).toEqual([
        404,
        refusal('The requested URL was not found on this server.', 404),
      ]);
    },
  );

  it.each([
    ['/services/collector/event/1.0', 'POST,OPTIONS'],
    ['/services/collector/health', 'GET,HEAD,OPTIONS'],
  ])('37: OPTIONS %s needs no token', async (path, allow) => {
    const answer = await call(path, { method: 'OPTIONS' });
    expect([answer.status, answer.text, answer.headers.allow]).toEqual([200, '', allow]);
  });

  it.each([
    ['no token', {}],
    ['a bad token', { Authorization: 'Splunk nobody' }],
  ])('38: GET /health with %s', async (_case, headers) => {
    const answer = await call('/services/collector/health', { method: 'GET', headers });
    expect([answer.status, answer.text]).toEqual([200, '{"text":"HEC is healthy","code":17}']);
  });

  it.each(['', '/1.0', '/event', '/event/1.0'])('serves the alias /services/collector%s', async (alias) => {
    const headers = { Authorization: `Splunk ${T}` };
    const answer = await call(`/services/collector${alias}`, { headers, body: '{"event":"a"}' });
    expect(answer.text).toBe(success);
  });

  it('50: without a User-Agent the connection is closed, with one it is kept; the headers are those of splunkd', async () => {
    const headers = { Authorization: `Splunk ${T}` };
    const nameless = await call('/services/collector', { headers, body: '{"event":"a"}' });
    expect([nameless.text, nameless.headers.connection]).toEqual([success, 'close']);
    expect((await post('{"event":"a"}')).headers).toMatchObject({
      connection: 'Keep-Alive',
      server: 'Splunkd',
      vary: 'Authorization',
      'content-type': 'application/json; charset=UTF-8',
      'content-length': String(success.length),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
    });
  });
});
