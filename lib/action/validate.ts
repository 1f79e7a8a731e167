import type { z } from 'zod';
import type { FieldProblem } from '@/lib/action/state';

type Validated<T> =
  | { ok: true; input: T }
  | { ok: false; message?: string | undefined; fieldErrors: Record<string, FieldProblem> };

/** Words for what a schema refuses without words of its own. */
function describe(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return 'Fill in this field';
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? 'Fill in this field'
        : `At least ${issue.minimum} characters`;
    case 'too_big':
      return `At most ${issue.maximum} characters`;
    case 'unrecognized_keys':
      return 'The form has a field that this page does not know. Reload the page and try again.';
    default:
      return 'This value is not accepted here';
  }
}

/** Parses a form's fields. Each field reports its first problem; a problem of no field belongs to the form. */
export async function validate<S extends z.ZodType>(
  schema: S,
  fields: Record<string, string>,
): Promise<Validated<z.output<S>>> {
  const parsed = await schema.safeParseAsync(fields, { error: describe });
  if (parsed.success) return { ok: true, input: parsed.data };

  const fieldErrors = new Map<string, FieldProblem>();
  let message: string | undefined;
  for (const issue of parsed.error.issues) {
    const [field] = issue.path;
    if (field === undefined) message ??= issue.message;
    else if (!fieldErrors.has(String(field))) fieldErrors.set(String(field), { message: issue.message });
  }
  return { ok: false, message, fieldErrors: Object.fromEntries(fieldErrors) };
}
