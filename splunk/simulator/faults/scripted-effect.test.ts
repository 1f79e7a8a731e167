import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { issueCertificate } from '@/splunk/simulator/certificate';
import { type RawResponse, rawRequest } from '@/splunk/simulator/raw-request';
import { type Simulator, startSimulator } from '@/splunk/simulator/simulator';

let splunk: Simulator;

beforeEach(async () => {
  splunk = await startSimulator({ port: 0 });
});
afterEach(() => splunk.close());

function post(event: string, on = splunk, ca?: string): Promise<RawResponse> {
  return rawRequest(`${on.url}/services/collector/event`, {
    headers: { 'User-Agent': 'test', Authorization: `Splunk ${on.token}` },
    body: JSON.stringify({ event }),
    ...(ca && { ca }),
  });
}

// The system call tells a TCP reset from Node's "socket hang up", which carries the same code.
const reset = { code: 'ECONNRESET', syscall: 'read' };
const events = () => splunk.events().map((event) => event.event);

describe('a scripted answer', () => {
  it('is given the stated number of times, stores nothing, and then Splunk is honest again', async () => {
    const body = { text: 'Server is busy', code: 9 };
    splunk.answerNext({ status: 503, headers: { 'Retry-After': '2' }, body }, 2);
    for (const attempt of [1, 2]) {
      const busy = await post(`busy ${attempt}`);
      expect([busy.status, busy.text]).toEqual([503, '{"text":"Server is busy","code":9}']);
      expect(busy.headers).toMatchObject({ 'retry-after': '2', server: 'Splunkd' });
    }
    expect((await post('healed')).status).toBe(200);
    expect(events()).toEqual(['healed']);
    expect(splunk.journal()[0]).toMatchObject({ status: 503, code: 9, wireBytes: 18, fault: 'answer 503' });
  });

  it('can be a web page that does not come from splunkd', async () => {
    splunk.answerNext({ status: 200, body: '<html>Sign in</html>' });
    const page = await post('lost');
    expect([page.status, page.headers['content-type'], page.headers.server]).toEqual([
      200,
      'text/html; charset=UTF-8',
      undefined,
    ]);
    expect(events()).toEqual([]);
  });

  it('can store the events and deny it', async () => {
    splunk.answerNext({ status: 500, body: { text: 'Internal server error', code: 8 }, store: true });
    expect((await post('a')).status).toBe(500);
    expect(events()).toEqual(['a']);
  });

  it.each([
    ['before', false, []],
    ['after', false, []],
    ['after', true, ['a']],
  ] as const)('can reset the connection %s reading, stored: %s', async (destroy, store, kept) => {
    splunk.answerNext({ destroy, store });
    await expect(post('a')).rejects.toMatchObject(reset);
    expect(events()).toEqual(kept);
  });

  it('can reset a connection under TLS', async () => {
    const tls = issueCertificate({ commonName: 'splunk', names: ['127.0.0.1'] });
    const secure = await startSimulator({ port: 0, tls });
    secure.answerNext({ destroy: 'after', store: true });
    // Not `reset`: where the RST comes while the server's session tickets are unread, libuv reports the end of the stream
    // (POLLHUP after a partial read), which Node calls a hang-up. The code is the same.
    await expect(post('a', secure, tls.cert)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(secure.events()).toHaveLength(1);
    await secure.close();
  });

  it('can hang for ever after storing, and close() still ends it', async () => {
    splunk.answerNext({ delayMs: Number.POSITIVE_INFINITY, store: true });
    const answer = post('a').catch((error: unknown) => error);
    await splunk.waitFor((stored) => stored.length === 1);
    await splunk.close();
    expect(await answer).toMatchObject({ code: 'ECONNRESET' });
    expect(splunk.journal()[0]?.status).toBeNull();
  });

  it('can hang without taking the events, which are never taken later', async () => {
    splunk.answerNext({ delayMs: Number.POSITIVE_INFINITY });
    const answer = post('a').catch((error: unknown) => error);
    await splunk.waitFor((_stored, journal) => journal[0]?.fault === 'hang');
    await splunk.close();
    await answer;
    expect(events()).toEqual([]);
  });

  it('without a status delays the honest answer', async () => {
    splunk.answerNext({ delayMs: 60 });
    const startedAt = performance.now();
    expect((await post('a')).text).toBe('{"text":"Success","code":0}');
    expect(performance.now() - startedAt).toBeGreaterThan(55);
    expect(events()).toEqual(['a']);
  });

  it('leaves /health alone', async () => {
    splunk.answerNext({ status: 503 });
    const health = await rawRequest(`${splunk.url}/services/collector/health`, { method: 'GET' });
    expect(health.status).toBe(200);
    expect((await post('a')).status).toBe(503);
  });
});
