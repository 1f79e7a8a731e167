import type { AuditRecord } from './columns';
import { type AuditFilter, only } from './filter/audit-filter';

/** Filters that lead from one event to those around it. What the event does not say has no filter. */
export type RelatedFilters = {
  /** What its actor did from a quarter of an hour before it to a quarter of an hour after. */
  sameActor: AuditFilter;
  sameRequest?: AuditFilter;
  sameSession?: AuditFilter;
  /** All that ever happened to its target. */
  targetHistory?: AuditFilter;
};

const quarterMs = 15 * 60_000;

export function relatedFilters({ actor, targets, context, time }: AuditRecord): RelatedFilters {
  const at = Date.parse(time);
  const range = { from: new Date(at - quarterMs), to: new Date(at + quarterMs) };
  const target = targets[0];
  return {
    sameActor: { actor: only(partyValue(actor)), created: { not: false, range } },
    ...(context.request_id && { sameRequest: { request: only(context.request_id) } }),
    ...(context.session_id && { sameSession: { session: only(context.session_id) } }),
    ...(target && { targetHistory: { target: only(partyValue(target)) } }),
  };
}

/** What the filters actor and target find somebody or something by: the id, and without one the best name there is. */
export function partyValue(party: {
  type: string;
  id?: string | null | undefined;
  name?: string | null | undefined;
  email?: string | null | undefined;
}): string {
  return party.id ?? party.email ?? party.name ?? party.type;
}
