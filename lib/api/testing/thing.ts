import { expect } from 'vitest';
import { z } from 'zod';
import { defineEndpoint } from '@/lib/api/define-endpoint';
import { nothing, specify } from '@/lib/api/endpoint';
import { problemSchema } from '@/lib/api/problem';
import { bearer, keyWith } from '@/lib/api/testing/keys';
import type { AuditSource } from '@/lib/audit/event';

/** What the handler was given last, and what it throws instead of answering. */
export const thing: { received: unknown; failure: Error | undefined } = {
  received: undefined,
  failure: undefined,
};

const spec = specify({
  operationId: 'renameThing',
  method: 'PUT',
  path: '/things/{id}',
  summary: 'Renames a thing',
  scope: 'scans:write',
  params: z.strictObject({ id: z.uuid() }),
  query: z.strictObject({
    dry: z.enum(['yes', 'no']).optional(),
    limit: z.coerce.number().int().max(9).optional(),
  }),
  body: z.strictObject({ name: z.string().min(1).max(10), tags: z.array(z.string()).optional() }),
  status: 200,
  answer: z.object({ name: z.string() }),
});

const put = defineEndpoint(spec, async ({ params, query, body, organizationId, source }) => {
  thing.received = { params, query, body, organizationId, source };
  if (thing.failure) throw thing.failure;
  const answer = { name: body.name, secret: 'not in the schema' };
  return answer;
});

export const remove = defineEndpoint(
  specify({
    ...spec,
    operationId: 'removeThing',
    method: 'DELETE',
    body: nothing,
    status: 204,
    answer: nothing,
  }),
  async ({ params }) => {
    thing.received = params;
  },
);

export const id = '0193c5a2-7000-7000-8000-000000000000';

export type Sent = {
  headers?: Record<string, string>;
  query?: string;
  body?: unknown;
  raw?: BodyInit;
  id?: string;
};

/** Calls an endpoint as Next does, by default to rename the thing. */
export function send(key: string | undefined, sent: Sent = {}, endpoint = put): Promise<Response> {
  thing.received = undefined;
  const { headers, query = '', body = { name: 'new' }, raw = JSON.stringify(body) } = sent;
  const stream = raw instanceof ReadableStream ? { duplex: 'half' } : {};
  const request = new Request(`http://localhost:3000/api/v1/things/${id}${query}`, {
    method: 'PUT',
    headers: {
      'content-type': 'application/json',
      'x-tracekeep-peer': '203.0.113.24',
      ...(key !== undefined && bearer(key)),
      ...headers,
    },
    body: endpoint === remove && sent.raw === undefined ? null : raw,
    ...stream,
  });
  return endpoint(request, { params: Promise.resolve({ id: sent.id ?? id }) });
}

/** A refusal, of which the handler knows nothing. */
export async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = problemSchema.parse(await response.json());
  expect(problem.status).toBe(response.status);
  expect(problem.request_id).toBe(response.headers.get('x-request-id'));
  expect(thing.received).toBeUndefined();
  return problem;
}

/** A key that may. */
export const writer = (source: AuditSource) => keyWith(source, 'scans:write');
