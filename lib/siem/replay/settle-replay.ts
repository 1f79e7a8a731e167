import { db } from '@/lib/db/client';
import type { ReplayState } from '@/lib/db/generated/enums';
import { type Lease, milliseconds } from '@/lib/siem/delivery/lease';
import type { Result } from '@/lib/siem/delivery/send';
import type { ReplayAttempt } from '@/lib/siem/replay/replay-attempt';

/**
 * Writes what an attempt of a replay came to, in one statement; undefined, and nothing written, unless the lease's epoch is
 * the current one and the cursor stands where the attempt found it. An event that is refused now is parked, unless it was
 * before; one that was parked and is accepted now is settled. The live stream stays as it is, but for what was learnt
 * about compression.
 */
export async function settleReplay(
  lease: Lease,
  attempt: ReplayAttempt,
  { settlement, batch, latencyMs }: Result,
): Promise<ReplayState | undefined> {
  const { cursor, accepted, parked, delayMs, failing, problem } = settlement;
  const { since: _, ...cause } = problem ?? { since: undefined };
  const [row] = await db().$queryRaw<{ state: ReplayState }[]>`
    WITH settled AS (
      UPDATE siem_replay SET
        cursor = ${cursor},
        state = CASE WHEN state = 'running' AND last_seq <= ${cursor} THEN 'finished' ELSE state END,
        state_since = CASE WHEN state = 'running' AND last_seq <= ${cursor} THEN clock_timestamp() ELSE state_since END,
        lease_until = clock_timestamp() + ${milliseconds(lease.durationMs)},
        attempt = ${settlement.attempt},
        next_attempt_at = clock_timestamp() + ${milliseconds(delayMs)},
        max_events = ${settlement.maxEvents},
        delivered_events = delivered_events + ${accepted?.events ?? 0},
        refused_events = refused_events + ${parked ? 1 : 0},
        last_success_at = CASE WHEN ${accepted !== undefined} THEN clock_timestamp() ELSE last_success_at END,
        last_error = CASE WHEN ${failing} THEN coalesce(${problem ? JSON.stringify(problem) : null}::jsonb, last_error) END
      WHERE id = ${lease.id}::uuid AND epoch = ${lease.epoch} AND cursor = ${attempt.cursor}
      RETURNING integration_id, state
    ), parked AS (
      INSERT INTO siem_parked (integration_id, seq, http_status, hec_code, reason)
      SELECT integration_id, ${parked?.seq ?? 0n}, ${parked?.httpStatus ?? 0}, ${parked?.hecCode ?? null}::int,
             ${parked?.reason ?? ''}
        FROM settled WHERE ${parked !== undefined}
      ON CONFLICT (integration_id, seq) DO NOTHING
    ), taken AS (
      UPDATE siem_parked p SET state = 'delivered', closed_at = clock_timestamp()
        FROM settled s
       WHERE p.integration_id = s.integration_id AND p.state IN ('parked', 'retrying')
         AND p.seq BETWEEN ${accepted?.firstSeq ?? 0n} AND ${accepted?.lastSeq ?? -1n}
    ), failed AS (
      INSERT INTO siem_failure (integration_id, events, latency_ms, cause)
      SELECT integration_id, ${batch?.events.length ?? 0}, ${Math.round(latencyMs)}, ${JSON.stringify(cause)}::jsonb
        FROM settled WHERE ${problem !== undefined}
    ), learnt AS (
      UPDATE siem_stream s SET gzip = false
        FROM settled WHERE s.integration_id = settled.integration_id AND ${attempt.gzip && !settlement.gzip}
    )
    SELECT state::text FROM settled`;
  return row?.state;
}
