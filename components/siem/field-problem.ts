import type { FieldProblem } from '@/lib/action/state';

export type Errors = Record<string, FieldProblem>;

/** What a field shows of its problem. */
export function problemOf(errors: Errors, name: string) {
  return { error: errors[name]?.message, cure: errors[name]?.hint };
}

/** What no browser should correct, complete or capitalize. */
export const verbatim = { autoComplete: 'off', autoCapitalize: 'none', spellCheck: false } as const;
