import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import type { Settlement } from '@/lib/siem/delivery/decide';
import { type Lease, milliseconds } from '@/lib/siem/delivery/lease';

/** After a capacity warning Splunk gets half the rate for so long (hec.md §2.3). */
const slowMs = 60_000;

/**
 * Writes a settlement in one statement: cursor, state, receipt and parked event together or not at all. Returns the
 * database's time. Undefined, and nothing written, unless the lease's epoch is the current one and the cursor still
 * stands where the attempt found it: a sender that slept through its lease, or whose address or token was changed
 * meanwhile, cannot move anything. A pause during the attempt stays, and what Splunk accepted still counts.
 */
export async function settle(
  lease: Lease,
  from: bigint,
  settlement: Settlement,
  latencyMs: number,
): Promise<Date | undefined> {
  const { cursor, accepted, state, attempt, delayMs, maxEvents, gzip, slowDown, problem, failing } =
    settlement;
  const [row] = await db().$queryRaw<{ at: Date }[]>`
    WITH settled AS (
      UPDATE siem_stream SET
        cursor = ${cursor},
        state = CASE WHEN state = 'paused' THEN state ELSE ${state}::stream_state END,
        state_since = CASE WHEN state IN ('paused', ${state}::stream_state) THEN state_since ELSE clock_timestamp() END,
        attempt = ${attempt},
        next_attempt_at = clock_timestamp() + ${milliseconds(delayMs)},
        first_failure_at = CASE WHEN ${failing} THEN coalesce(first_failure_at, clock_timestamp()) END,
        max_events = ${maxEvents},
        gzip = ${gzip},
        slow_until = CASE WHEN ${slowDown} THEN clock_timestamp() + ${milliseconds(slowMs)} ELSE slow_until END,
        delivered_events = delivered_events + ${accepted?.events ?? 0},
        last_success_at = CASE WHEN ${accepted !== undefined} THEN clock_timestamp() ELSE last_success_at END,
        last_error_at = CASE WHEN ${problem !== undefined} THEN clock_timestamp() ELSE last_error_at END,
        last_error = coalesce(${problem ? JSON.stringify(problem) : null}::jsonb, last_error)
      WHERE integration_id = ${lease.integrationId}::uuid AND epoch = ${lease.epoch} AND cursor = ${from}
      RETURNING integration_id, clock_timestamp() AS at
    )${receipt(settlement, latencyMs)}${parked(settlement)}
    SELECT at FROM settled`;
  return row?.at;
}

function receipt({ accepted }: Settlement, latencyMs: number): Prisma.Sql {
  if (!accepted) return Prisma.empty;
  const { firstSeq, lastSeq, events, bytes, httpStatus, hecCode, attempts } = accepted;
  return Prisma.sql`, receipt AS (
      INSERT INTO siem_receipt (integration_id, first_seq, last_seq, events, bytes, http_status, hec_code, attempts,
                                latency_ms, sent_at, delivered_at)
      SELECT integration_id, ${firstSeq}, ${lastSeq}, ${events}, ${bytes}, ${httpStatus}, ${hecCode ?? null}::int,
             ${attempts}, ${Math.round(latencyMs)}, at - ${milliseconds(latencyMs)}, at
        FROM settled)`;
}

function parked(settlement: Settlement): Prisma.Sql {
  if (!settlement.parked) return Prisma.empty;
  const { seq, httpStatus, hecCode, reason } = settlement.parked;
  return Prisma.sql`, parked AS (
      INSERT INTO siem_parked (integration_id, seq, http_status, hec_code, reason)
      SELECT integration_id, ${seq}, ${httpStatus}, ${hecCode ?? null}::int, ${reason} FROM settled)`;
}
