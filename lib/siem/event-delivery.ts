import { db } from '@/lib/db/client';
import type { StreamState } from '@/lib/siem/integrations/integration-status';

/** Where one event stands with one integration; plain data. */
export type EventDelivery = {
  readonly integration: { readonly id: string; readonly name: string };
} & Standing;

type Standing =
  | {
      readonly state: 'delivered';
      /** To the millisecond; after thirty days it is the end of an hour within which the event was delivered. */
      readonly deliveredAt: string;
      /** Whether `deliveredAt` is known to the hour only. */
      readonly approximate: boolean;
      readonly attempts: number;
      /** From the event to Splunk's answer. */
      readonly latencyMs: number;
    }
  /** `ahead` events go first. A stream that is not healthy holds it back. */
  | { readonly state: 'waiting'; readonly ahead: number; readonly stream: StreamState }
  /** Splunk refused it; an admin may have asked for another attempt. */
  | {
      readonly state: 'parked';
      readonly reason: string;
      readonly parkedAt: string;
      readonly retrying: boolean;
    }
  /** Splunk refused it, and an admin decided that it will not be sent. */
  | {
      readonly state: 'dismissed';
      readonly reason: string;
      readonly dismissal: string;
      readonly dismissedBy: string | null;
      readonly dismissedAt: string;
    }
  /** The integration sends only what came after it was added. */
  | { readonly state: 'before_start' }
  /** The cursor has passed it, but nothing says that Splunk has it: the reconciler's alarm names it. */
  | { readonly state: 'unaccounted' };

type Row = {
  seq: bigint;
  id: string;
  name: string;
  stream: StreamState;
  cursor: bigint;
  beforeStart: boolean;
  occurredAt: Date;
  deliveredAt: Date | null;
  attempts: number | null;
  batches: number | null;
  replayedAt: Date | null;
  parkedState: 'parked' | 'retrying' | 'delivered' | 'dismissed' | null;
  refusals: number;
  parkedAt: Date;
  closedAt: Date | null;
  closedBy: string | null;
  reason: string;
  dismissal: string | null;
};

/**
 * Whether Splunk has an event, for each of the organization's integrations: its receipt is that of the batch around it.
 * Empty when there is no integration or no such event.
 */
export async function deliveryOf(organizationId: string, seq: bigint | string): Promise<EventDelivery[]> {
  const deliveries = await deliveriesOf(organizationId, [seq]);
  return deliveries.get(seq.toString()) ?? [];
}

/** The same for many events at once, by their seq: for lists. One look-up in an index for each event and integration. */
export async function deliveriesOf(
  organizationId: string,
  seqs: readonly (bigint | string)[],
): Promise<Map<string, EventDelivery[]>> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT e.seq, i.id, i.name, s.state::text AS stream, s.cursor, s.start_seq >= e.seq AS "beforeStart",
           e.occurred_at AS "occurredAt", r.delivered_at AS "deliveredAt", r.attempts, r.batches,
           (SELECT max(coalesce(y.last_success_at, y.state_since)) FROM siem_replay y
             WHERE y.integration_id = i.id AND y.first_seq <= e.seq AND y.cursor >= e.seq) AS "replayedAt",
           p.state::text AS "parkedState", p.refusals, p.parked_at AS "parkedAt", p.closed_at AS "closedAt",
           p.closed_by AS "closedBy", p.reason, p.dismissal
      FROM siem_integration i
      JOIN siem_stream s ON s.integration_id = i.id
      JOIN audit_event e ON e.organization_id = i.organization_id AND e.seq = ANY(${seqs.map(BigInt)})
      LEFT JOIN siem_parked p ON p.integration_id = i.id AND p.seq = e.seq
      LEFT JOIN LATERAL (
        SELECT first_seq, delivered_at, attempts, batches FROM siem_receipt
         WHERE integration_id = i.id AND last_seq >= e.seq ORDER BY last_seq LIMIT 1
      ) AS r ON r.first_seq <= e.seq
     WHERE i.organization_id = ${organizationId}::uuid
     ORDER BY i.created_at, i.id`;
  const bySeq = new Map<string, EventDelivery[]>();
  for (const row of rows) {
    const key = row.seq.toString();
    const delivery = { integration: { id: row.id, name: row.name }, ...standing(row) };
    bySeq.set(key, [...(bySeq.get(key) ?? []), delivery]);
  }
  return bySeq;
}

function standing(row: Row): Standing {
  const { deliveredAt, attempts, batches, parkedState, reason, closedAt } = row;
  if (deliveredAt) return delivered(row, deliveredAt, attempts ?? 1, (batches ?? 1) > 1);
  if (parkedState === 'delivered' && closedAt) return delivered(row, closedAt, row.refusals + 1);
  if (parkedState === 'dismissed' && closedAt) {
    const dismissedAt = closedAt.toISOString();
    return {
      state: 'dismissed',
      reason,
      dismissal: row.dismissal ?? '',
      dismissedBy: row.closedBy,
      dismissedAt,
    };
  }
  if (parkedState) {
    const parkedAt = row.parkedAt.toISOString();
    return { state: 'parked', reason, parkedAt, retrying: parkedState === 'retrying' };
  }
  if (row.replayedAt) return delivered(row, row.replayedAt, 1, true);
  if (row.beforeStart) return { state: 'before_start' };
  const ahead = Number(row.seq - row.cursor - 1n);
  return ahead < 0 ? { state: 'unaccounted' } : { state: 'waiting', ahead, stream: row.stream };
}

function delivered(row: Row, at: Date, attempts: number, approximate = false): Standing {
  const latencyMs = Math.max(0, at.getTime() - row.occurredAt.getTime());
  return { state: 'delivered', deliveredAt: at.toISOString(), approximate, attempts, latencyMs };
}
