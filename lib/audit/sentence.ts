import { catalogEntry } from './catalog';
import { legible } from './legible';

/** What a row calls its actor: the name, or the address, or the kind of thing it was. */
export function actorName(actor: {
  type: string;
  name?: string | null | undefined;
  email?: string | null | undefined;
}): string {
  const kinds: Record<string, string> = {
    system: 'Tracekeep',
    anonymous: 'Somebody',
    api_key: 'An API key',
    user: 'A user',
  };
  return legible(actor.name || actor.email || kinds[actor.type] || actor.type);
}

/** A full sentence for people: "Alice Fox changed the role of Ben Okafor." An unknown action is told by its name. */
export function auditSentence(event: {
  action: string;
  outcome: string;
  actor: { type: string; name?: string | null | undefined; email?: string | null | undefined };
  target?: { name?: string | null | undefined; type?: string | null | undefined } | undefined;
}): string {
  const entry = catalogEntry(event.action);
  const target = legible(event.target?.name || event.target?.type?.replaceAll('_', ' ') || 'it');
  const phrase = entry ? entry.phrase.replace('{target}', () => target) : `did ${event.action}`;
  const failed = event.outcome === 'failure' && !phrase.startsWith('failed') ? ', without success' : '';
  return `${actorName(event.actor)} ${phrase}${failed}`;
}
