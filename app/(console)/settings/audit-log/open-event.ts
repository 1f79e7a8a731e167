import type { OpenEvent, Step } from '@/components/audit/event-panel';
import type { AuditSearch } from '@/lib/audit/filter/audit-filter';
import { getAuditEvent } from '@/lib/audit/get-event';
import type { AuditPage } from '@/lib/audit/query/list-events';
import { auditNeighbours, type Neighbours } from '@/lib/audit/query/neighbours';
import { unlessTooSlow } from '@/lib/audit/query/unless-too-slow';
import { deliveryOf } from '@/lib/siem/event-delivery';

/** The event that the address names, with the ways to those beside it in what is shown; undefined when there is none. */
export async function openEvent(
  organizationId: string,
  search: AuditSearch,
  page: AuditPage,
): Promise<OpenEvent | undefined> {
  const event = search.event === undefined ? undefined : await getAuditEvent(organizationId, search.event);
  if (!event || search.event === undefined) return undefined;
  const [delivery, steps] = await Promise.all([
    deliveryOf(organizationId, event.seq),
    stepsFrom(organizationId, search, page, BigInt(event.seq)),
  ]);
  return { id: search.event, event, delivery, ...steps };
}

/** Most events have both neighbours on the page; only beyond its edge the log is asked. */
async function stepsFrom(
  organizationId: string,
  { filter, cursor: given }: AuditSearch,
  { rows, newer, older, cursorRefused }: AuditPage,
  seq: bigint,
): Promise<{ newer?: Step; older?: Step }> {
  const here = cursorRefused ? undefined : given;
  const at = rows.findIndex((row) => row.seq === String(seq));
  const [above, below] = at < 0 ? [] : [rows[at - 1], rows[at + 1]];
  const asks = at < 0 || (!above && newer) || (!below && older);
  const beyond: Neighbours = asks
    ? ((await unlessTooSlow(auditNeighbours(organizationId, filter, seq))) ?? {})
    : {};
  const stepTo = (shown: { id: string } | undefined, found: string | undefined, edge: string | undefined) => {
    const cursor = shown || at < 0 ? here : edge;
    const event = shown?.id ?? found;
    return event && { event, ...(cursor && { cursor }) };
  };
  const [up, down] = [stepTo(above, beyond.newer, newer), stepTo(below, beyond.older, older)];
  return { ...(up && { newer: up }), ...(down && { older: down }) };
}
