import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultInput } from '@/splunk/simulator/faults/fault';
import { type RawResponse, rawRequest } from '@/splunk/simulator/raw-request';
import { type Simulator, startSimulator } from '@/splunk/simulator/simulator';

const noon = Date.UTC(2026, 10, 23, 12);
let splunk: Simulator;

beforeEach(async () => {
  splunk = await startSimulator({ port: 0, clock: () => noon });
});
afterEach(() => splunk.close());

const three = '{"event":"a"}{"event":"b"}{"event":"c"}';

function post(body = three): Promise<RawResponse> {
  const headers = { 'User-Agent': 'test', Authorization: `Splunk ${splunk.token}` };
  return rawRequest(`${splunk.url}/services/collector`, { headers, body });
}

/** The code of the error that a client meets. */
async function failure(answer = post()): Promise<unknown> {
  const outcome = await answer.catch((error: unknown) => error);
  return outcome instanceof Error && 'code' in outcome ? outcome.code : outcome;
}

const stored = () => splunk.events().map(({ event }) => event);
const html = expect.stringMatching(/^<!doctype html>/);

describe('an answer in place of the honest one', () => {
  it.each<[FaultInput, number, unknown, unknown[]]>([
    [{ kind: 'busy' }, 503, '{"text":"Server is busy","code":9}', []],
    [
      { kind: 'busy', storeFirst: 2 },
      503,
      '{"text":"Server is busy","code":9,"invalid-event-number":2}',
      ['a', 'b'],
    ],
    [
      { kind: 'busy', storeFirst: 9 },
      503,
      '{"text":"Server is busy","code":9,"invalid-event-number":9}',
      ['a', 'b', 'c'],
    ],
    [{ kind: 'capacity' }, 429, expect.stringContaining('"code":26'), []],
    [{ kind: 'capacity', code: 27 }, 429, expect.stringContaining('"code":27'), []],
    [
      { kind: 'warn' },
      200,
      '{"text":"HEC queue is approaching its capacity limit","code":24}',
      ['a', 'b', 'c'],
    ],
    [{ kind: 'warn', code: 25 }, 200, expect.stringContaining('"code":25'), ['a', 'b', 'c']],
    [{ kind: 'internal' }, 500, '{"text":"Internal server error","code":8}', []],
    [{ kind: 'internal', store: true }, 500, '{"text":"Internal server error","code":8}', ['a', 'b', 'c']],
    [{ kind: 'notFound' }, 404, expect.stringContaining('"code":404'), []],
    [{ kind: 'refuse', code: 1 }, 403, '{"text":"Token disabled","code":1}', []],
    [{ kind: 'refuse', code: 23 }, 503, '{"text":"Server is shutting down","code":23}', []],
    [
      { kind: 'refuse', code: 6, invalidEventNumber: -1 },
      400,
      '{"text":"Invalid data format","code":6,"invalid-event-number":-1}',
      [],
    ],
    [
      { kind: 'partial', position: 1 },
      400,
      expect.stringContaining('"code":6,"invalid-event-number":1'),
      ['a'],
    ],
    [
      { kind: 'partial', position: 2, code: 7 },
      400,
      '{"text":"Incorrect index","code":7,"invalid-event-number":3}',
      ['a', 'b'],
    ],
    [{ kind: 'partial', position: 3 }, 200, expect.stringContaining('"code":0'), ['a', 'b', 'c']],
    [{ kind: 'tokenFlap', share: 1 }, 403, '{"text":"Invalid token","code":4}', []],
    [{ kind: 'limit', maxContentLengthBytes: 20 }, 413, expect.stringContaining('Content Too Large'), []],
    [
      { kind: 'limit', maxEventBytes: 5 },
      400,
      expect.stringContaining('"code":6,"invalid-event-number":0'),
      [],
    ],
    [{ kind: 'gateway' }, 502, html, []],
    [{ kind: 'gateway', status: 504 }, 504, html, []],
    [{ kind: 'html200' }, 200, html, []],
    [{ kind: 'proxyAuth' }, 407, html, []],
    [{ kind: 'bodyVariant', variant: 'spaces' }, 200, '{"text": "Success", "code": 0}', ['a', 'b', 'c']],
    [{ kind: 'bodyVariant', variant: 'ok' }, 200, '"OK"', ['a', 'b', 'c']],
    [{ kind: 'bodyVariant', variant: 'empty' }, 200, '', ['a', 'b', 'c']],
    [{ kind: 'bodyVariant', variant: 'codeAsText' }, 200, '{"text":"Success","code":"0"}', ['a', 'b', 'c']],
    [{ kind: 'bodyVariant', variant: 'noText' }, 200, '{"code":0}', ['a', 'b', 'c']],
    [
      { kind: 'bodyVariant', variant: 'byteOrderMark' },
      200,
      '\ufeff{"text":"Success","code":0}',
      ['a', 'b', 'c'],
    ],
    [
      { kind: 'bodyVariant', variant: 'unknownCode', status: 400 },
      400,
      expect.stringContaining('"code":99'),
      [],
    ],
    [{ kind: 'bodyVariant', variant: 'htmlError', status: 415 }, 415, html, []],
    [{ kind: 'answer', status: 418, body: 'teapot' }, 418, 'teapot', []],
  ])('%j', async (fault, status, text, kept) => {
    splunk.inject(fault);
    const answer = await post();
    expect([answer.status, answer.text]).toEqual([status, text]);
    expect(stored()).toEqual(kept);
    expect(splunk.journal()[0]?.fault).toMatch(fault.kind === 'answer' ? 'answer 418' : fault.kind);
    splunk.heal();
    expect((await post()).text).toBe('{"text":"Success","code":0}');
  });

  it('can be an error of a megabyte', async () => {
    splunk.inject({ kind: 'bodyVariant', variant: 'huge', status: 500 });
    expect((await post()).text.length).toBeGreaterThan(1024 * 1024);
  });

  it.each<[FaultInput, string | undefined]>([
    [{ kind: 'busy' }, undefined],
    [{ kind: 'busy', retryAfter: 7 }, '7'],
    [{ kind: 'capacity', retryAfter: 7 }, '7'],
    [{ kind: 'gateway', status: 503, retryAfter: 0 }, '0'],
    [{ kind: 'busy', retryAfter: 30, retryAfterAs: 'date' }, 'Mon, 23 Nov 2026 12:00:30 GMT'],
    [{ kind: 'busy', retryAfter: 'tomorrow' }, 'tomorrow'],
  ])('%j says Retry-After %s', async (fault, value) => {
    splunk.inject(fault);
    expect((await post()).headers['retry-after']).toBe(value);
  });

  it.each([301, 302, 303, 307, 308] as const)(
    'redirects with %i, also to another collector',
    async (status) => {
      splunk.inject({ kind: 'redirect', status }, { times: 1 });
      splunk.inject({ kind: 'redirect', status, location: 'http://elsewhere.test/services/collector' });
      const answers = [await post(), await post()];
      expect(answers.map((answer) => [answer.status, answer.headers.location])).toEqual([
        [status, '/en-US/account/login'],
        [status, 'http://elsewhere.test/services/collector'],
      ]);
      expect(stored()).toEqual([]);
    },
  );
});

describe('trouble on the connection', () => {
  it.each<[FaultInput, unknown, unknown[]]>([
    [{ kind: 'resetBeforeRead' }, 'ECONNRESET', []],
    [{ kind: 'resetMidRequest' }, 'ECONNRESET', []],
    [{ kind: 'resetAfterStore' }, 'ECONNRESET', ['a', 'b', 'c']],
    [{ kind: 'resetMidResponse' }, 'ECONNRESET', ['a', 'b', 'c']],
    [{ kind: 'resetMidResponse', store: false }, 'ECONNRESET', []],
    [{ kind: 'truncateResponse' }, 'ECONNRESET', ['a', 'b', 'c']],
    [{ kind: 'truncateResponse', store: false }, 'ECONNRESET', []],
    [{ kind: 'garbage' }, 'HPE_INVALID_CONSTANT', []],
    [{ kind: 'garbage', store: true }, 'HPE_INVALID_CONSTANT', ['a', 'b', 'c']],
  ])('%j', async (fault, code, kept) => {
    splunk.inject(fault, { times: 1 });
    expect(await failure()).toBe(code);
    expect(stored()).toEqual(kept);
    expect((await post()).status).toBe(200);
  });

  it('a cut answer announces what it does not send', async () => {
    splunk.inject({ kind: 'truncateResponse' });
    const headers = { Authorization: `Splunk ${splunk.token}`, 'User-Agent': 'test' };
    const answer = await fetch(`${splunk.url}/services/collector`, { method: 'POST', headers, body: three });
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, '27']);
    await expect(answer.text()).rejects.toThrow();
  });

  it.each<[FaultInput, unknown[]]>([
    [{ kind: 'hang' }, []],
    [{ kind: 'hangAfterStore' }, ['a', 'b', 'c']],
  ])('%j never answers', async (fault, kept) => {
    splunk.inject(fault);
    const answer = failure();
    await splunk.waitFor(
      (events, journal) => journal[0]?.fault === fault.kind && events.length === kept.length,
    );
    await splunk.close();
    expect(await answer).toBe('ECONNRESET');
    expect(stored()).toEqual(kept);
  });

  it('slow headers and slow bodies arrive whole, in the time they take', async () => {
    splunk.inject({ kind: 'slowHeaders', ms: 80 }, { times: 1 });
    splunk.inject({ kind: 'slowBody', everyMs: 4 }, { times: 1 });
    for (const leastMs of [75, 27 * 3]) {
      const startedAt = performance.now();
      expect((await post()).text).toBe('{"text":"Success","code":0}');
      expect(performance.now() - startedAt).toBeGreaterThan(leastMs);
    }
  });

  it('an idle connection is closed under the client that wants to use it again', async () => {
    splunk.inject({ kind: 'closeIdle', afterMs: 20 }, { times: 1 });
    const headers = { Authorization: `Splunk ${splunk.token}`, 'User-Agent': 'test' };
    const request = { method: 'POST', headers, body: three };
    const answer = await fetch(`${splunk.url}/services/collector`, request);
    expect([answer.headers.get('connection'), await answer.json()]).toEqual([
      'Keep-Alive',
      { text: 'Success', code: 0 },
    ]);
    await splunk.waitFor(() => splunk.connections().open === 0);
  });
});
