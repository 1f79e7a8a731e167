import { type EndpointSpec, takesBody } from '@/lib/api/endpoint';
import { type JsonSchema, jsonSchema } from '@/lib/api/json-schema';
import { describeProblem, type ProblemKind, problemSchema, problemType } from '@/lib/api/problem';
import { specification } from '@/lib/api/specification';

type Responses = Record<string, unknown>;

/** Refusals that any call may meet. */
const general: readonly ProblemKind[] = [
  'bad-request',
  'no-key',
  'bad-key',
  'missing-scope',
  'too-many-calls',
  'fault',
];
const ofBodies: readonly ProblemKind[] = ['too-long', 'unsupported-body'];

const headersOf: Partial<Record<number, string>> = { 401: 'WWW-Authenticate', 429: 'Retry-After' };

const introduction =
  `Calls carry an API key in the header Authorization, after the word Bearer; keys are made in
Settings > API keys. Refusals are RFC 9457 problems. A key may make 600 calls a minute; every answer says how many are
left in RateLimit. Names that a call does not know are refused. See docs/api.md.`.replaceAll('\n', ' ');

/** The OpenAPI 3.1 document, made of the schemas that check the calls. */
export function openApiDocument() {
  const schemas: Record<string, unknown> = {};
  const paths: Record<string, Record<string, unknown>> = {
    '/openapi.json': { get: ownOperation },
  };
  for (const spec of specification) {
    paths[spec.path] = { ...paths[spec.path], [spec.method.toLowerCase()]: operation(spec, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tracekeep',
      version: '1',
      description: introduction,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', bearerFormat: 'tk_…' } },
      schemas,
    },
  };
}

const ownOperation = {
  operationId: 'getOpenApiDocument',
  summary: 'Returns this document',
  security: [],
  responses: { 200: { description: 'OpenAPI 3.1', content: { 'application/json': {} } } },
};

function operation(spec: EndpointSpec, schemas: Record<string, unknown>) {
  const { operationId, summary, description, scope } = spec;
  return {
    operationId,
    summary,
    description: [description, `Scope: \`${scope}\`.`].filter(Boolean).join(' '),
    security: [{ key: [scope] }],
    parameters: [
      ...parameters('path', jsonSchema(spec.params, 'input', schemas)),
      ...parameters('query', jsonSchema(spec.query, 'input', schemas)),
    ],
    ...(takesBody(spec) && {
      requestBody: { required: true, content: json(jsonSchema(spec.body, 'input', schemas)) },
    }),
    responses: responses(spec, schemas),
  };
}

function parameters(place: 'path' | 'query', { properties = {}, required = [] }: JsonSchema) {
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }));
}

function responses(spec: EndpointSpec, schemas: Record<string, unknown>): Responses {
  const success =
    spec.status === 204
      ? { description: 'Done.' }
      : { description: spec.summary, content: json(jsonSchema(spec.answer, 'output', schemas)) };
  const problem = { [problemType]: { schema: jsonSchema(problemSchema, 'output', schemas) } };
  const kinds = [...general, ...(takesBody(spec) ? ofBodies : []), ...(spec.problems ?? [])];
  const refusals = new Map<number, string[]>();
  for (const { status, title } of kinds.map(describeProblem))
    refusals.set(status, [...(refusals.get(status) ?? []), title]);
  return Object.fromEntries([
    [spec.status, success],
    ...[...refusals].map(([status, titles]) => [
      status,
      { description: `${titles.join('. ')}.`, ...headers(headersOf[status]), content: problem },
    ]),
  ]);
}

function headers(name: string | undefined) {
  return name === undefined ? {} : { headers: { [name]: { schema: { type: 'string' } } } };
}

function json(schema: JsonSchema) {
  return { 'application/json': { schema } };
}
