import { withTransaction } from '@/lib/audit/transaction';
import { Prisma } from '@/lib/db/generated/client';
import { queryPrepared } from '@/lib/db/prepared';
import {
  type Attempt,
  type AttemptRow,
  attemptColumns,
  attemptJoins,
  attemptOf,
} from '@/lib/siem/delivery/attempt';
import type { Batch } from '@/lib/siem/delivery/batch';
import { type Lease, milliseconds } from '@/lib/siem/delivery/lease';
import type { Settlement } from '@/lib/siem/delivery/settlement';
import { announceStateChange, isRecorded, recordStateChange } from '@/lib/siem/delivery/state-change';
import { lockHead } from '@/lib/siem/integrations/lock';

/** After a capacity warning Splunk gets half the rate for so long (hec.md §2.3). */
const slowMs = 60_000;

/** What was tried: the batch, or undefined when there was nothing that could be sent. */
export type Tried = {
  readonly batch: Batch | undefined;
  readonly latencyMs: number;
  /** The batch was made of parked events, which stand before the cursor. */
  readonly retry?: boolean;
};

export type Settled = {
  /** The database's time of the settlement. */
  readonly at: Date;
  /** What the next attempt needs to know; undefined when there is none to make, as for a stream that was paused. */
  readonly next: Attempt | undefined;
};

/**
 * Writes a settlement in one statement: cursor, state, receipt, parked event and failure together or not at all; and when
 * the stream was blocked or has recovered, the audit event of that in the same transaction. Undefined, and nothing
 * written, unless the lease's epoch is the current one and the cursor still stands where the attempt found it: a sender
 * that slept through its lease, or whose address, token or trust was changed meanwhile, cannot move anything. A pause
 * during the attempt stays, and what Splunk accepted still counts. Renews the lease.
 */
export async function settle(
  lease: Lease,
  attempt: Attempt,
  settlement: Settlement,
  tried: Tried,
): Promise<Settled | undefined> {
  const row = isRecorded(attempt, settlement)
    ? await withTransaction(async (tx) => {
        // Every command takes this lock first and the stream's second.
        await lockHead(tx, attempt.organizationId);
        const [written] = await tx.$queryRaw<SettledRow[]>(settling(lease, attempt, settlement, tried));
        if (written?.state === settlement.state) recordStateChange(tx, attempt, settlement);
        return written;
      })
    : (await queryPrepared<SettledRow>(settling(lease, attempt, settlement, tried)))[0];
  if (!row) return undefined;
  const { at, ...next } = row;
  if (next.state === settlement.state && next.state !== attempt.state) {
    const { organizationId, integrationId, integrationName, state: from, stateSince: fromSince } = attempt;
    announceStateChange({
      organizationId,
      integrationId,
      integrationName,
      from,
      to: settlement.state,
      at: next.stateSince,
      fromSince,
      problem: settlement.failing ? settlement.problem : undefined,
    });
  }
  return { at, next: attemptOf(next) };
}

type SettledRow = AttemptRow & { readonly at: Date };

function settling(lease: Lease, attempt: Attempt, settlement: Settlement, tried: Tried): Prisma.Sql {
  const { cursor, accepted, state, delayMs, maxEvents, gzip, slowDown, problem, failing } = settlement;
  return Prisma.sql`
    WITH settled AS (
      UPDATE siem_stream SET
        cursor = ${cursor},
        state = CASE WHEN state = 'paused' THEN state ELSE ${state}::stream_state END,
        state_since = CASE WHEN state IN ('paused', ${state}::stream_state) THEN state_since ELSE clock_timestamp() END,
        lease_until = clock_timestamp() + ${milliseconds(lease.durationMs)},
        attempt = ${settlement.attempt},
        next_attempt_at = clock_timestamp() + ${milliseconds(delayMs)},
        first_failure_at = CASE WHEN ${failing} THEN coalesce(first_failure_at, clock_timestamp()) END,
        max_events = ${maxEvents},
        gzip = ${gzip},
        slow_until = CASE WHEN ${slowDown} THEN clock_timestamp() + ${milliseconds(slowMs)} ELSE slow_until END,
        delivered_events = delivered_events + ${accepted?.events ?? 0},
        last_success_at = CASE WHEN ${accepted !== undefined} THEN clock_timestamp() ELSE last_success_at END,
        last_error_at = CASE WHEN ${problem !== undefined} THEN clock_timestamp() ELSE last_error_at END,
        last_error = coalesce(${problem ? JSON.stringify(problem) : null}::jsonb, last_error),
        parked_in_row = ${settlement.parkedInRow}
      WHERE integration_id = ${lease.id}::uuid AND epoch = ${lease.epoch} AND cursor = ${attempt.cursor}
      RETURNING *, clock_timestamp() AS at
    )${tried.retry ? retried(settlement, tried) : sent(settlement, tried)}${failure(settlement, tried)}
    SELECT s.at, ${attemptColumns} FROM settled s ${attemptJoins}`;
}

/**
 * A receipt of that seq was left by somebody who moved the cursor back by hand. It must not stop the stream, and what it
 * covers stays covered.
 */
const replace = Prisma.sql`
  DO UPDATE SET first_seq = LEAST(r.first_seq, excluded.first_seq),
    events = excluded.last_seq - LEAST(r.first_seq, excluded.first_seq) + 1, bytes = excluded.bytes,
    http_status = excluded.http_status, hec_code = excluded.hec_code, attempts = excluded.attempts,
    latency_ms = excluded.latency_ms, lag_ms = excluded.lag_ms, sent_at = excluded.sent_at,
    delivered_at = excluded.delivered_at, batches = excluded.batches, delivered_from = excluded.delivered_from`;

/** The receipt of what was accepted, and the event that was parked behind it. */
function sent({ accepted, parked }: Settlement, { batch, latencyMs }: Tried): Prisma.Sql {
  const parts: Prisma.Sql[] = [];
  if (accepted) {
    const { firstSeq, lastSeq, events, bytes, httpStatus, hecCode, attempts } = accepted;
    const last = batch?.events[events - 1]?.occurredMs ?? null;
    parts.push(Prisma.sql`, receipt AS (
      INSERT INTO siem_receipt AS r (integration_id, first_seq, last_seq, events, bytes, http_status, hec_code, attempts,
                                latency_ms, lag_ms, sent_at, delivered_at)
      SELECT integration_id, ${firstSeq}, ${lastSeq}, ${events}, ${bytes}, ${httpStatus}, ${hecCode ?? null}::int,
             ${attempts}, ${Math.round(latencyMs)}, ${lag(last)}, at - ${milliseconds(latencyMs)}, at
        FROM settled
      ON CONFLICT (integration_id, last_seq) ${replace})`);
  }
  if (parked) {
    const { seq, httpStatus, hecCode, reason } = parked;
    parts.push(Prisma.sql`, parked AS (
      INSERT INTO siem_parked AS p (integration_id, seq, http_status, hec_code, reason)
      SELECT integration_id, ${seq}, ${httpStatus}, ${hecCode ?? null}::int, ${reason} FROM settled
      ON CONFLICT (integration_id, seq) DO UPDATE SET
        state = 'parked', http_status = excluded.http_status, hec_code = excluded.hec_code, reason = excluded.reason,
        refusals = p.refusals + 1, closed_at = NULL, closed_by = NULL, dismissal = NULL)`);
  }
  return Prisma.join(parts.length > 0 ? parts : [Prisma.empty], '');
}

/** Of parked events that were tried again: those that Splunk has now, and the one that it refused once more. */
function retried({ accepted, parked }: Settlement, { batch }: Tried): Prisma.Sql {
  const parts: Prisma.Sql[] = [];
  const taken = batch?.events.slice(0, accepted?.events ?? 0).map(({ seq }) => seq) ?? [];
  if (accepted && taken.length > 0) {
    const { httpStatus, hecCode } = accepted;
    parts.push(Prisma.sql`, taken AS (
      UPDATE siem_parked p SET state = 'delivered', closed_at = at, closed_by = NULL, dismissal = NULL,
             http_status = ${httpStatus}, hec_code = ${hecCode ?? null}::int
        FROM settled s WHERE p.integration_id = s.integration_id AND p.seq = ANY(${taken}))`);
  }
  if (parked) {
    const { seq, httpStatus, hecCode, reason } = parked;
    parts.push(Prisma.sql`, refused AS (
      UPDATE siem_parked p SET state = 'parked', refusals = p.refusals + 1, http_status = ${httpStatus},
             hec_code = ${hecCode ?? null}::int, reason = ${reason}
        FROM settled s
       WHERE p.integration_id = s.integration_id AND p.seq = ${seq} AND p.state = 'retrying')`);
  }
  return Prisma.join(parts.length > 0 ? parts : [Prisma.empty], '');
}

function failure({ problem }: Settlement, { batch, latencyMs }: Tried): Prisma.Sql {
  if (!problem) return Prisma.empty;
  const { since: _, ...cause } = problem;
  return Prisma.sql`, failure AS (
      INSERT INTO siem_failure (integration_id, at, events, latency_ms, cause)
      SELECT integration_id, at, ${batch?.events.length ?? 0}, ${Math.round(latencyMs)}, ${JSON.stringify(cause)}::jsonb
        FROM settled)`;
}

/** Milliseconds from an event to now, as far as the column goes: some 24 days. */
function lag(occurredMs: number | null): Prisma.Sql {
  return Prisma.sql`
    LEAST(greatest(extract(epoch FROM at) * 1000 - ${occurredMs}::bigint, 0), 2147483647)::int`;
}
