import { ApiProblem, type FieldError } from '@/lib/api/problem';

/**
 * The parameters of an address, each once. Throws an {@link ApiProblem} for one that stands twice, as readers disagree
 * about which of them counts, and for a character that cannot be stored.
 */
export function readQuery(params: URLSearchParams): Record<string, string> {
  const errors: FieldError[] = [];
  const query = new Map<string, string>();
  for (const [name, value] of params) {
    const wrong = (detail: string) => errors.push({ in: 'query', name: name.slice(0, 200), detail });
    if (query.has(name)) wrong('This stands twice. Several values are one text, with commas between them.');
    if (`${name}${value}`.includes('\0')) wrong('This has a character that cannot be stored.');
    query.set(name, value);
  }
  if (errors.length > 0)
    throw new ApiProblem('bad-request', 'The query was not understood.', { errors: errors.slice(0, 50) });
  return Object.fromEntries(query);
}
