import type { FieldProblem } from '@/lib/action/state';

export type FormFields =
  | { ok: true; fields: Record<string, string> }
  | { ok: false; message?: string; fieldErrors?: Record<string, FieldProblem> };

/** Next and React send along which action is meant; these are no fields of ours. */
const frameworkPrefix = '$ACTION_';

/**
 * A form as one string per field; a file is its text, and no file is an empty one. Refuses what no form of ours can send
 * and what PostgreSQL cannot store: a field that stands twice, a file in a field not named in `files`, a NUL. (Half of a
 * surrogate pair cannot arrive: FormData replaces it.)
 */
export async function readForm(form: FormData, files: readonly string[] = []): Promise<FormFields> {
  const fields = new Map<string, string>();
  for (const [name, sent] of form) {
    if (name.startsWith(frameworkPrefix)) continue;
    if (typeof sent !== 'string' && !files.includes(name)) {
      return { ok: false, message: 'This form does not take files.' };
    }
    // A file in another format than text is for its field's own rule to refuse.
    const value = typeof sent === 'string' ? sent : (await sent.text()).replaceAll('\0', '\uFFFD');
    if (fields.has(name)) {
      return { ok: false, message: 'A field was sent twice. Reload the page and fill in the form again.' };
    }
    if (value.includes('\0')) {
      const problem = {
        message: 'This has a character that cannot be stored.',
        hint: 'Type it instead of pasting it.',
      };
      return { ok: false, fieldErrors: { [name]: problem } };
    }
    fields.set(name, value);
  }
  return { ok: true, fields: Object.fromEntries(fields) };
}

/** What was typed into these fields. A field that stands twice is left out. */
export function typedValues(form: FormData, names: readonly string[]): Record<string, string> {
  const typed = names.map((name) => [name, form.getAll(name)] as const);
  return Object.fromEntries(
    typed.flatMap(([name, [value, ...more]]) =>
      typeof value === 'string' && more.length === 0 ? [[name, value]] : [],
    ),
  );
}
