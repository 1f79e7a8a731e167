import { z } from 'zod';
import { ApiProblem } from '@/lib/api/problem';

const maxCursorLength = 1_000;
const defaultLimit = 50;
const maxLimit = 200;

/** The parameters of every list. */
export const pageParameters = {
  cursor: z.string().min(1).max(maxCursorLength).optional().meta({
    description: 'Where to go on: what a page before, with the same filters, named as its end.',
  }),
  limit: z.coerce.number<string>().int().min(1).max(maxLimit).default(defaultLimit),
};

/** Throws an {@link ApiProblem} when a list did not know its cursor: a first page in its place would be read twice. */
export function requireKnownCursor({ cursorRefused }: { readonly cursorRefused: boolean }): void {
  if (!cursorRefused) return;
  const detail = 'This is no cursor of these filters.';
  throw new ApiProblem('bad-request', detail, { errors: [{ in: 'query', name: 'cursor', detail }] });
}
