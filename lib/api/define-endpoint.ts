import type { z } from 'zod';
import { UserError } from '@/lib/action/user-error';
import { answerHeaders, callsPerWindow, windowSeconds } from '@/lib/api/answer-headers';
import { type EndpointSpec, RawJson, takesBody } from '@/lib/api/endpoint';
import { describeIssue, fieldErrors } from '@/lib/api/field-errors';
import { ApiProblem, type FieldError, problemResponse } from '@/lib/api/problem';
import { readJsonBody, requireNoBody } from '@/lib/api/read-body';
import { readQuery } from '@/lib/api/read-query';
import { requireKey, requireScope } from '@/lib/api/require-key';
import { apiKeySource } from '@/lib/api-keys/api-key-source';
import type { AuditSource } from '@/lib/audit/event';
import { uuidV7 } from '@/lib/audit/uuid-v7';
import { takeAttempt } from '@/lib/auth/rate-limit';
import { readRequestContext } from '@/lib/auth/request-context';
import { env } from '@/lib/env';
import { log } from '@/lib/log';

type Input<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType> = {
  params: z.output<Params>;
  query: z.output<Query>;
  body: z.output<Body>;
};

type Context = {
  /** The key's own; never from the request. */
  organizationId: string;
  /** Spread it into each audit event. */
  source: AuditSource;
};

/** Next gives undefined where the address has none. */
type PathParams = Record<string, string | string[] | undefined>;

/** What Next calls. */
export type RouteHandler = (
  request: Request,
  route: { params: Promise<PathParams | undefined> },
) => Promise<Response>;

const specs = new WeakMap<RouteHandler, EndpointSpec>();

/** What a handler was specified as; undefined when it did not come through this gate. */
export function specOf(handler: RouteHandler): EndpointSpec | undefined {
  return specs.get(handler);
}

/**
 * A call of the API. Every one goes through this gate, always in this order: key, rate limit, scope, schemas of path,
 * query and body, handler, schema of the answer. A {@link UserError} reaches the caller as 422, an {@link ApiProblem} as
 * what it is; anything else becomes 500 with the request's id and a line in the log. Cookies are never looked at.
 */
export function defineEndpoint<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(
  spec: EndpointSpec<Params, Query, Body, Answer>,
  handler: (call: Input<Params, Query, Body> & Context) => Promise<z.input<Answer> | RawJson>,
): RouteHandler {
  const endpoint: RouteHandler = async (request, route) => {
    // proxy.ts does not run here: the request's own id would be whatever the client sent under its name.
    const requestId = uuidV7(new Date());
    const context = { ...readRequestContext(request.headers, env().TRUSTED_PROXIES), requestId };
    const headers = answerHeaders(requestId);
    try {
      const actor = await requireKey(request, context);
      await countCall(actor.key.id, headers);
      requireScope(actor, spec.scope);
      const input = await readInput(spec, request, (await route.params) ?? {});
      const source = apiKeySource(actor, context);
      const result = await handler({ ...input, source, organizationId: actor.organization.id });
      return respond(spec, result, headers);
    } catch (error) {
      return problemResponse(problemOf(error, spec.operationId, requestId), requestId, headers);
    }
  };
  specs.set(endpoint, spec);
  return endpoint;
}

/** Counts one call of a key, and tells how many are left (draft-ietf-httpapi-ratelimit-headers). */
async function countCall(keyId: string, headers: Headers): Promise<void> {
  const limit = { limit: callsPerWindow, windowSeconds };
  const counted = await takeAttempt(`api/key/${keyId}`, limit);
  headers.set('ratelimit', `"key";r=${counted.remaining};t=${counted.resetSeconds}`);
  if (counted.allowed) return;
  throw new ApiProblem('too-many-calls', `A key may make ${callsPerWindow} calls a minute.`, {
    headers: { 'retry-after': String(counted.retryAfterSeconds) },
  });
}

async function readInput<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType>(
  spec: EndpointSpec<Params, Query, Body>,
  request: Request,
  path: PathParams,
): Promise<Input<Params, Query, Body>> {
  const params = check('path', spec.params, path);
  const query = check('query', spec.query, readQuery(new URL(request.url).searchParams));
  const sent = takesBody(spec) ? await readJsonBody(request) : await requireNoBody(request);
  return { params, query, body: check('body', spec.body, sent) };
}

function check<S extends z.ZodType>(place: FieldError['in'], schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value, { error: describeIssue });
  if (parsed.success) return parsed.data;
  throw new ApiProblem('bad-request', `The ${place} was not understood.`, {
    errors: fieldErrors(place, parsed.error.issues),
  });
}

/** Only what the schema of the answer names leaves: a member that it does not know is left out. */
function respond(spec: EndpointSpec, result: unknown, headers: Headers): Response {
  if (spec.status === 204) return new Response(null, { status: spec.status, headers });
  headers.set('content-type', 'application/json');
  const text = result instanceof RawJson ? result.text : JSON.stringify(spec.answer.parse(result));
  return new Response(text, { status: spec.status, headers });
}

function problemOf(error: unknown, operation: string, requestId: string): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof UserError) return refusalOf(error);
  log.error({ err: error, operation, request_id: requestId }, 'an API call failed');
  return new ApiProblem(
    'fault',
    'This did not work because of a fault in Tracekeep. Try again; if it stays so, report the request’s id.',
  );
}

/** Fields are named as the caller knows them: target_url, not targetUrl. */
function refusalOf({ message, hint, field }: UserError): ApiProblem {
  const sentence = message.endsWith('.') ? message : `${message}.`;
  const detail = hint === undefined ? sentence : `${sentence} ${hint}`;
  const name = field?.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return new ApiProblem(
    'refused',
    detail,
    name === undefined ? {} : { errors: [{ in: 'body', name, detail }] },
  );
}
