import { z } from 'zod';

/** A JSON Schema, as far as the document looks into it. */
export type JsonSchema = {
  [key: string]: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
};

const definitions = '#/$defs/';
const components = '#/components/schemas/';

/**
 * The JSON Schema of what is sent (`input`) or answered (`output`). Schemas with an id are put into `shared`, once, and
 * referred to from there, as OpenAPI has it.
 */
export function jsonSchema(
  schema: z.ZodType,
  io: 'input' | 'output',
  shared: Record<string, unknown>,
): JsonSchema {
  const { $schema: _dialect, $defs, ...made } = z.toJSONSchema(schema, { io, override: withoutPattern });
  for (const [id, definition] of Object.entries($defs ?? {})) shared[id] = withoutId(pointed(definition));
  return pointed(made) as JsonSchema;
}

/** A format says it shorter than the expression by which we check it. */
function withoutPattern({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
}

function withoutId(definition: unknown): unknown {
  if (typeof definition !== 'object' || definition === null || !('id' in definition)) return definition;
  const { id: _id, ...rest } = definition;
  return rest;
}

/** The same tree with its references pointing to the document's components. */
function pointed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(pointed);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === '$ref' && typeof value === 'string'
        ? [key, value.replace(definitions, components)]
        : [key, pointed(value)],
    ),
  );
}
