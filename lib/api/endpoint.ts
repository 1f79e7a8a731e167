import { z } from 'zod';
import type { ProblemKind } from '@/lib/api/problem';
import type { Scope } from '@/lib/api-keys/scopes';

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof methods)[number];

/**
 * One call of the API: what it takes and answers. The gate (define-endpoint.ts) checks requests and answers by these
 * schemas, and the OpenAPI document is made of them, so the two cannot disagree.
 */
export type EndpointSpec<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> = {
  operationId: string;
  method: Method;
  /** Below /api/v1, with `{name}` for each parameter. */
  path: string;
  summary: string;
  /** What a caller has to know besides. */
  description?: string;
  scope: Scope;
  /** Strict objects, the body too: a name they do not know is refused. {@link nothing} where there is no body. */
  params: Params;
  query: Query;
  body: Body;
  /** The status of success, and its body. */
  status: 200 | 201 | 202 | 204;
  answer: Answer;
  /** Refusals besides those that any call may meet. */
  problems?: readonly ProblemKind[];
};

/** No parameters, and no body. */
export const noParameters = z.strictObject({});
export const nothing = z.void();

/** Keeps each schema's own type while checking the shape. */
export function specify<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(spec: EndpointSpec<Params, Query, Body, Answer>): EndpointSpec<Params, Query, Body, Answer> {
  return spec;
}

/** Whether a call is sent with JSON. */
export function takesBody({ body }: Pick<EndpointSpec, 'body'>): boolean {
  return body !== nothing;
}

/** JSON that exists already and is sent as it is: stored records must not be serialized a second time. */
export class RawJson {
  constructor(readonly text: string) {}
}
