import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { UserError } from '@/lib/action/user-error';
import { defineEndpoint } from '@/lib/api/define-endpoint';
import { noParameters, nothing, specify } from '@/lib/api/endpoint';
import { bearer } from '@/lib/api/testing/keys';
import { id, remove, send, thing, writer } from '@/lib/api/testing/thing';
import { log } from '@/lib/log';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

afterEach(() => vi.restoreAllMocks());

const bare = {
  method: 'GET' as const,
  summary: 'Counts the things',
  scope: 'scans:write' as const,
  params: noParameters,
  query: noParameters,
  body: nothing,
  status: 200 as const,
  answer: z.object({ things: z.int() }),
};

describe('a call that is in order', () => {
  test('reaches the handler with the key’s own organization and a source for its events', async () => {
    const source = await createOrganization();
    const key = await writer(source);
    const sent = {
      query: '?dry=yes&limit=3',
      headers: { 'user-agent': 'curl/8', 'x-request-id': id, cookie: 'a=b' },
    };
    const response = await send(key, sent);
    expect(response.status).toBe(200);
    // What the schema of the answer does not name stays here.
    expect(await response.json()).toEqual({ name: 'new' });
    const requestId = response.headers.get('x-request-id');
    expect(requestId).not.toBe(id);
    expect(thing.received).toMatchObject({
      params: { id },
      query: { dry: 'yes', limit: 3 },
      body: { name: 'new' },
      organizationId: source.organization.id,
      source: {
        organization: source.organization,
        actor: { type: 'api_key', role: 'admin' },
        context: { ip: '203.0.113.24', user_agent: 'curl/8', request_id: requestId, origin: 'api' },
      },
    });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'ratelimit-policy': '"key";q=600;w=60',
      ratelimit: expect.stringMatching(/^"key";r=599;t=(60|59)$/),
    });
  });

  test('at an address without parameters, for which Next passes none, is understood', async () => {
    const key = await writer(await createOrganization());
    const spec = { ...bare, operationId: 'countThings', path: '/things' };
    const count = defineEndpoint(specify(spec), async () => ({ things: 0 }));
    const request = new Request('http://localhost:3000/api/v1/things', { headers: bearer(key) });
    expect((await count(request, { params: Promise.resolve(undefined) })).status).toBe(200);
  });

  test('without a body answers without one', async () => {
    const key = await writer(await createOrganization());
    const response = await send(key, {}, remove);
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(thing.received).toEqual({ id });
  });
});

describe('what the handler throws', () => {
  afterEach(() => {
    thing.failure = undefined;
  });

  test('for the caller reaches the caller, with the field in the API’s spelling', async () => {
    const key = await writer(await createOrganization());
    thing.failure = new UserError('This is no address', {
      field: 'targetUrl',
      hint: 'Write it with https://.',
    });
    const response = await send(key);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      type: 'urn:tracekeep:problem:refused',
      detail: 'This is no address. Write it with https://.',
      errors: [{ in: 'body', name: 'target_url' }],
    });
  });

  test('by accident reaches the log only', async () => {
    const key = await writer(await createOrganization());
    const error = vi.spyOn(log, 'error').mockReturnValue();
    thing.failure = new Error('connection to postgresql://u:p@db failed');
    const response = await send(key);
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain('postgresql');
    expect(text).toContain(response.headers.get('x-request-id') ?? 'no id');
    expect(error).toHaveBeenCalledWith(
      expect.objectContaining({ err: thing.failure, operation: 'renameThing' }),
      'an API call failed',
    );
  });
});
