import { createHash } from 'node:crypto';
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

describe('the page', () => {
  it('lists events newest first with index, sourcetype, time and pretty JSON', async () => {
    await send(
      {
        event: { action: 'user.login', event_id: 'e1' },
        time: 1752480000.123,
        index: 'audit',
        sourcetype: 'st',
      },
      { event: { action: 'user.create' } },
    );
    const { text, headers } = await get('/');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text.indexOf('user.create')).toBeLessThan(text.indexOf('user.login'));
    expect(text).toContain('2025-07-14 08:00:00.123');
    expect(text).toContain('&quot;event_id&quot;: &quot;e1&quot;');
    expect(text).toContain('</svg>Searchable</span>');
    expect(text).toContain('Rehearsal only');
    expect(text).toContain('code 0, Success');
  });

  it('unfolds each request into its headers, with the token masked, and its answer', async () => {
    splunk.inject({ kind: 'bodyVariant', variant: 'huge', status: 503 }, { times: 1 });
    await send({ event: 'a' });
    await send({ event: 'a' });
    const { text } = await get('/');
    expect(text).toContain(
      `<dt><code>authorization</code></dt><dd><code>Splunk ****${splunk.token.slice(-4)}</code></dd>`,
    );
    expect(text).toContain('<pre>{&quot;text&quot;:&quot;Success&quot;,&quot;code&quot;:0}</pre>');
    expect(text.length).toBeLessThan(100_000);
  });

  it('filters by index, event id and text through the query string, and keeps what was typed', async () => {
    await send({ event: { event_id: 'one' }, index: 'audit' }, { event: { event_id: 'two' }, index: 'main' });
    const shows = async (query: string) => {
      const { text } = await get(`/${query}`);
      return ['one', 'two'].filter((id) => text.includes(`&quot;event_id&quot;: &quot;${id}&quot;`));
    };
    expect(await shows('')).toEqual(['one', 'two']);
    expect(await shows('?index=audit')).toEqual(['one']);
    expect(await shows('?event_id=two&text=')).toEqual(['two']);
    expect(await shows('?text=ONE')).toEqual(['one']);
    expect((await get('/?text=%22%3E%3Cb%3E')).text).toContain('value="&quot;&gt;&lt;b&gt;"');
  });

  it('says of an index that does not exist that its events are lost', async () => {
    splunk.setToken({ value: splunk.token, allowedIndexes: [] });
    await send({ event: 'a', index: 'nowhere' });
    expect((await get('/')).text).toContain('</svg>Lost: no such index</span>');
  });

  it('escapes everything received, and its policy runs no script but its own', async () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
    splunk.setToken({ value: splunk.token, allowedIndexes: [] });
    await send({
      event: { action: evil, event_id: evil, [evil]: evil },
      index: evil,
      host: evil,
      source: evil,
      sourcetype: evil,
      fields: { [evil]: evil },
      time: '99999999999999999999',
    });
    await rawRequest(`${splunk.url}/services/collector?x=${encodeURIComponent(evil)}`, {
      headers: { 'X-Splunk-Request-Channel': evil },
    });
    const { text, headers, status } = await get('/');
    expect(status).toBe(200);
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text).not.toContain('<img');
    const script = /<script>(.*)<\/script>/s.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(script).digest('base64');
    expect(headers['content-security-policy']).toContain(`script-src 'sha256-${hash}';`);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('brings the faces it is set in, so that it looks the same with no network', async () => {
    for (const [, path = ''] of (await get('/')).text.matchAll(/url\(([^)]+)\)/g)) {
      const face = await get(path);
      expect([face.status, face.headers['content-type']]).toEqual([200, 'font/woff2']);
    }
  });

  it('never shows a token', async () => {
    await send({ event: 'a' });
    expect((await get('/')).text).not.toContain(splunk.token);
  });
});

describe('the buttons of the page', () => {
  /** What a browser without JavaScript sends. */
  const press = (path: string, form: string) =>
    rawRequest(splunk.url + path, {
      headers: {
        Accept: 'text/html',
        'Content-Type': 'application/x-www-form-urlencoded',
        'Sec-Fetch-Site': 'same-origin',
      },
      body: form,
    });

  it('put a fault in force, say that it is active, and clear it', async () => {
    expect((await get('/')).text).toContain('No fault is active');
    const pressed = await press('/simulator/rehearse', 'times=&name=busy');
    expect([pressed.status, pressed.headers.location]).toEqual([303, '/']);
    expect((await send({ event: 'a' })).status).toBe(503);
    const { text } = await get('/');
    expect(text).toContain('A fault is active');
    expect(text).toContain('<title>Fault active: Splunk simulator</title>');
    expect(text).toContain('<code>busy, retryAfter 5</code> <span class="aside">struck once</span>');
    await press('/simulator/heal', 'id=1');
    expect((await get('/')).text).toContain('No fault is active');
    expect((await send({ event: 'a' })).status).toBe(200);
  });

  it('strike so many requests as were chosen', async () => {
    await press('/simulator/rehearse', 'times=1&name=wrong-index');
    expect((await send({ event: 'a' })).text).toContain('"code":7,"invalid-event-number":1');
    expect((await send({ event: 'a' })).status).toBe(200);
  });

  it('clear a mix of faults in one go, and all that is active in another', async () => {
    await press('/simulator/rehearse', 'name=flaky');
    await press('/simulator/rehearse', 'name=slow');
    const { text } = await get('/');
    expect(text).toContain('2 faults are active');
    const ids = [...text.matchAll(/name="id" value="(\d+)"/g)].map(([, id]) => id);
    expect(ids).toHaveLength(splunk.faults().length);
    await press(
      '/simulator/heal',
      ids
        .slice(0, -1)
        .map((id) => `id=${id}`)
        .join('&'),
    );
    expect(splunk.faults().map(({ scope }) => scope.label)).toEqual(['Slow']);
    splunk.setCondition({ queueFill: 1 });
    expect((await get('/')).text).toContain('queueFill 1');
    await press('/simulator/heal', '');
    expect((await get('/')).text).toContain('No fault is active');
  });

  it('forget what was received and leave the faults alone', async () => {
    await send({ event: 'a' });
    await press('/simulator/rehearse', 'name=busy');
    expect((await press('/simulator/forget', '')).headers.location).toBe('/');
    expect([splunk.events().length, splunk.journal().length, splunk.faults().length]).toEqual([0, 0, 1]);
  });

  it('offer a certificate only where there is one', async () => {
    expect((await get('/')).text).not.toContain('Expired certificate');
    const secure = await startSimulator({ port: 0, tls: 'self-signed' });
    const page = await rawRequest(`http://127.0.0.1:${secure.port}/`, { method: 'GET' });
    expect(page.text).toContain('Expired certificate');
    await secure.close();
  });
});
