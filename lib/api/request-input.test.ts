import { describe, expect, test } from 'vitest';
import { id, problemOf, remove, type Sent, send, writer } from '@/lib/api/testing/thing';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

describe('what was sent', () => {
  const refused: [string, Sent, object[]][] = [
    ['an id that is none', { id: 'undefined' }, [{ in: 'path', name: 'id', detail: 'This is not a UUID.' }]],
    ['an unknown parameter', { query: '?fields=*' }, [{ in: 'query', name: 'fields' }]],
    ['an organization', { query: `?organizationId=${id}` }, [{ in: 'query', name: 'organizationId' }]],
    ['a parameter twice', { query: '?dry=yes&dry=no' }, [{ in: 'query', name: 'dry' }]],
    ['a prototype as a parameter', { query: '?__proto__=1' }, [{ in: 'query', name: '__proto__' }]],
    ['a list in brackets', { query: '?dry[]=yes' }, [{ in: 'query', name: 'dry[]' }]],
    ['an operator', { query: '?dry[$ne]=yes' }, [{ in: 'query', name: 'dry[$ne]' }]],
    ['a NUL', { query: '?dry=%00' }, [{ in: 'query', name: 'dry' }]],
    [
      'no number',
      { query: '?limit=ten' },
      [{ in: 'query', name: 'limit', detail: 'This must be a number.' }],
    ],
    [
      'a big number',
      { query: '?limit=10' },
      [{ in: 'query', name: 'limit', detail: 'This must be at most 9.' }],
    ],
    [
      'a word',
      { query: '?dry=maybe' },
      [{ in: 'query', name: 'dry', detail: 'This must be one of yes, no.' }],
    ],
    ['no member', { body: {} }, [{ in: 'body', name: 'name', detail: 'This is missing.' }]],
    [
      'a number for a text',
      { body: { name: 1 } },
      [{ in: 'body', name: 'name', detail: 'This must be a text.' }],
    ],
    ['null for a text', { body: { name: null } }, [{ in: 'body', name: 'name' }]],
    ['a list for a text', { body: { name: ['a'] } }, [{ in: 'body', name: 'name' }]],
    ['a long text', { body: { name: 'x'.repeat(11) } }, [{ in: 'body', name: 'name' }]],
    ['a member of a list', { body: { name: 'a', tags: ['b', 1] } }, [{ in: 'body', name: 'tags.1' }]],
    ['unknown members', { body: { name: 'a', role: 1, id: 2 } }, [{ name: 'role' }, { name: 'id' }]],
    ['a prototype', { raw: '{"name":"a","__proto__":{"admin":true}}' }, [{ in: 'body', name: '__proto__' }]],
    ['a member twice', { raw: '{"name":"a","name":"b"}' }, [{ in: 'body' }]],
    ['a NUL in a text', { raw: String.raw`{"name":"\u0000"}` }, [{ in: 'body' }]],
    ['half a character', { raw: String.raw`{"name":"\ud800"}` }, [{ in: 'body' }]],
    ['nothing', { raw: '' }, [{ in: 'body', detail: 'The body is empty. Send JSON.' }]],
    ['a list', { raw: '[]' }, [{ in: 'body', detail: 'This must be an object.' }]],
    ['a form', { raw: 'name=a' }, [{ in: 'body', detail: 'The body is not JSON.' }]],
    ['Latin-1', { raw: Buffer.from('{"name":"é"}', 'latin1') }, [{ in: 'body' }]],
  ];

  test.each(refused)('%s is refused and named', async (_, sent, errors) => {
    const response = await send(await writer(await createOrganization()), sent);
    expect(response.status).toBe(400);
    const problem = await problemOf(response);
    expect(problem.errors).toMatchObject(errors);
    expect(problem.errors).toHaveLength(errors.length);
    expect(JSON.stringify(problem)).not.toMatch(/invalid|zod|unexpected token/i);
  });

  test.each([
    ['another type', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['UTF-16', { 'content-type': 'application/json; charset=utf-16' }],
    ['a compressed body', { 'content-encoding': 'gzip' }],
  ])('%s is refused as such', async (_, headers) => {
    const response = await send(await writer(await createOrganization()), { headers });
    expect(response.status).toBe(415);
    await problemOf(response);
  });

  test('a body is counted, whatever it says about its length, and one without end is cut off', async () => {
    const key = await writer(await createOrganization());
    const limit = 64 * 1024;
    const fits = `{"name":"a"${' '.repeat(limit - 12)}}`;
    expect((await send(key, { raw: fits })).status).toBe(200);
    const long = await send(key, { raw: `${fits} ` });
    expect(long.status).toBe(413);
    await problemOf(long);

    let read = 0;
    const endless = new ReadableStream({
      pull(controller) {
        read += 16 * 1024;
        controller.enqueue(new Uint8Array(16 * 1024));
      },
    });
    expect((await send(key, { raw: endless, headers: { 'content-length': '5' } })).status).toBe(413);
    expect(read).toBeLessThan(2 * 1024 * 1024);
  });

  test('a byte order mark and the word utf-8 are no hindrance', async () => {
    const key = await writer(await createOrganization());
    const headers = { 'content-type': 'application/json; charset="UTF-8"' };
    expect((await send(key, { raw: '\uFEFF{"name":"new"}', headers })).status).toBe(200);
  });

  test('a body where none belongs is refused', async () => {
    const key = await writer(await createOrganization());
    const response = await send(key, { raw: '{}' }, remove);
    expect(response.status).toBe(400);
    await problemOf(response);
  });
});
