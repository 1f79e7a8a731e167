import { auditActions, catalog } from '../catalog';
import { actionFamilies } from '../filter/action-families';
import { only } from '../filter/audit-filter';
import { type Completion, completions } from '../filter/completions';
import { printQuery } from '../filter/query-text';
import { legible } from '../legible';
import { type PartySuggestion, suggestParties } from './suggest-parties';

const actionWords = [
  ...actionFamilies(auditActions).map((family) => ({ name: `${family}.*`, label: `All of ${family}` })),
  ...auditActions.map((name) => ({ name, label: catalog[name].label })),
];

/** More than these help nobody to choose. */
const maxParties = 12;

/**
 * What may follow in the query field, given the query up to the caret: keys, words and names that the organization's log
 * knows. `start` is where the text begins that an option replaces. Throws a TooSlowError after a second.
 */
export async function complete(
  organizationId: string,
  prefix: string,
): Promise<{ start: number; options: Completion[] }> {
  const { start, options, party } = completions(prefix, actionWords);
  if (!party) return { start, options };
  const found = await suggestParties(organizationId, party.role, party.beginning);
  return { start, options: found.slice(0, maxParties).map((suggestion) => optionOf(party.role, suggestion)) };
}

function optionOf(role: 'actor' | 'target', { value, label, email, type }: PartySuggestion): Completion {
  // In quotation marks where the language needs them.
  const text = printQuery({ [role]: only(value) }, 'UTC').slice(role.length + 1);
  const name = label === value ? [] : [label];
  return { text, hint: legible([...name, email ?? type.replaceAll('_', ' ')].join(', ')) };
}
