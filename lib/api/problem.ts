import { z } from 'zod';

/** Every kind of refusal. The key is the end of the problem's type, and never changes. */
const kinds = {
  'bad-request': { status: 400, title: 'The request was not understood' },
  'no-key': { status: 401, title: 'An API key is needed' },
  'bad-key': { status: 401, title: 'This API key is not accepted' },
  'missing-scope': { status: 403, title: 'This API key may not do this' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This address does not take this method' },
  'too-long': { status: 413, title: 'The body is too long' },
  'unsupported-body': { status: 415, title: 'The body is not JSON' },
  refused: { status: 422, title: 'The request was understood and refused' },
  'too-many-calls': { status: 429, title: 'Too many calls' },
  fault: { status: 500, title: 'A fault in Tracekeep' },
} as const;

export type ProblemKind = keyof typeof kinds;

/** One thing that is wrong with a request, and where. */
export type FieldError = {
  in: 'path' | 'query' | 'body';
  /** Absent when it is about the whole. Members of members are joined by dots. */
  name?: string;
  detail: string;
};

/** The body of every refusal: RFC 9457, with the request's id and what is wrong field by field. */
export const problemSchema = z
  .strictObject({
    type: z.string().meta({ description: 'Names the kind of problem; programs compare it.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What happened to this request, for people.' }),
    request_id: z.uuid().meta({ description: 'The same as in the header X-Request-Id.' }),
    errors: z
      .array(
        z.strictObject({
          in: z.enum(['path', 'query', 'body']),
          name: z.string().optional(),
          detail: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem' });

export const problemType = 'application/problem+json';

/** The status and the title of a kind of refusal, and the URI that names it. */
export function describeProblem(kind: ProblemKind): { type: string; status: number; title: string } {
  return { type: `urn:tracekeep:problem:${kind}`, ...kinds[kind] };
}

/** Ends a call with a refusal. Its words reach the caller: never put a secret or a driver's message in them. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly kind: ProblemKind;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    kind: ProblemKind,
    detail: string,
    {
      errors,
      headers = {},
    }: { errors?: readonly FieldError[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail);
    this.kind = kind;
    this.errors = errors;
    this.headers = headers;
  }
}

/** The answer to a refused call. */
export function problemResponse(problem: ApiProblem, requestId: string, headers: Headers): Response {
  const { type, title, status } = describeProblem(problem.kind);
  const body: z.input<typeof problemSchema> = {
    type,
    title,
    status,
    detail: problem.message,
    request_id: requestId,
    ...(problem.errors && { errors: [...problem.errors] }),
  };
  const all = new Headers(headers);
  for (const [name, value] of Object.entries(problem.headers)) all.set(name, value);
  all.set('content-type', problemType);
  return new Response(JSON.stringify(body), { status, headers: all });
}
