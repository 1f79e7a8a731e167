import { catalogEntry } from '@/lib/audit/catalog';
import { legible } from '@/lib/audit/legible';
import type { Facet, FacetValue } from '@/lib/audit/query/facets';

export const facetLabels: Record<Facet, string> = {
  action: 'Action',
  actor: 'Actor',
  target: 'Target',
  result: 'Result',
  ip: 'Address',
  origin: 'Origin',
};

/** A counted value for people, and beneath it what the filter takes, where that says something more. */
export function facetWords(
  facet: Facet,
  { value, label, type }: FacetValue,
): { name: string; note?: string } {
  if (facet === 'action') return { name: catalogEntry(value)?.label ?? value, note: value };
  if (facet === 'result') return { name: value === 'failure' ? 'Failed' : 'OK' };
  return { name: legible(label), ...(type && type !== label && { note: type.replaceAll('_', ' ') }) };
}
