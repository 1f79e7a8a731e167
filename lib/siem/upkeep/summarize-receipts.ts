import { db } from '@/lib/db/client';

/** Receipts of single batches are kept for so long; then those of an hour become one. */
const exactDays = 30;
/** Failures that are kept of each integration. */
const failuresKept = 100;

/**
 * Keeps the tables of an integration bounded without losing what they prove. The receipts of an hour that follow one
 * another become one that covers the same events, so every event keeps a receipt: its "delivered at" is then known to the
 * hour. What covers only events that retention has removed from the log goes with them, and so do all but the newest
 * failures. Any number of processes may do this at any time.
 */
export async function summarizeReceipts(): Promise<void> {
  const streams = await db().siemStream.findMany({ select: { integrationId: true } });
  for (const { integrationId } of streams) {
    await summarize(integrationId);
    await prune(integrationId);
  }
}

/**
 * One statement: the receipts disappear and their summary appears at the same instant. Those that a parked event or a
 * corrected cursor stands between are not neighbours and stay apart. An hour that is summarized already is found again
 * only when something was added to it.
 */
async function summarize(integrationId: string): Promise<void> {
  await db().$executeRaw`
    WITH aged AS (
      SELECT *, date_trunc('hour', delivered_at) AS hour,
             first_seq = lag(last_seq) OVER (ORDER BY last_seq) + 1 AS follows
        FROM siem_receipt
       WHERE integration_id = ${integrationId}::uuid
         AND delivered_at < date_trunc('hour', now() - make_interval(days => ${exactDays}))
    ), grouped AS (
      SELECT *, count(*) FILTER (WHERE follows IS NOT TRUE) OVER (ORDER BY last_seq) AS run FROM aged
    ), summary AS (
      SELECT min(first_seq) AS first_seq, max(last_seq) AS last_seq, sum(events)::int AS events,
             sum(bytes)::bigint AS bytes, max(http_status) AS http_status, max(hec_code) AS hec_code,
             max(attempts) AS attempts, (sum(latency_ms::bigint * batches) / sum(batches))::int AS latency_ms,
             max(lag_ms) AS lag_ms, min(sent_at) AS sent_at, max(delivered_at) AS delivered_at,
             sum(batches)::int AS batches, min(coalesce(delivered_from, delivered_at)) AS delivered_from
        FROM grouped GROUP BY run, hour HAVING count(*) > 1
    ), gone AS (
      DELETE FROM siem_receipt r USING summary m
       WHERE r.integration_id = ${integrationId}::uuid AND r.last_seq >= m.first_seq AND r.last_seq < m.last_seq
    )
    UPDATE siem_receipt r
       SET first_seq = m.first_seq, events = m.events, bytes = m.bytes, http_status = m.http_status,
           hec_code = m.hec_code, attempts = m.attempts, latency_ms = m.latency_ms, lag_ms = m.lag_ms,
           sent_at = m.sent_at, batches = m.batches, delivered_from = m.delivered_from
      FROM summary m
     WHERE r.integration_id = ${integrationId}::uuid AND r.last_seq = m.last_seq`;
}

async function prune(integrationId: string): Promise<void> {
  await db().$executeRaw`
    DELETE FROM siem_receipt r USING siem_stream s, audit_head h
     WHERE r.integration_id = ${integrationId}::uuid AND s.integration_id = r.integration_id
       AND h.organization_id = s.organization_id AND r.last_seq <= LEAST(h.anchor_seq, s.proven_seq)`;
  await db().$executeRaw`
    DELETE FROM siem_parked p USING siem_stream s, audit_head h
     WHERE p.integration_id = ${integrationId}::uuid AND s.integration_id = p.integration_id
       AND h.organization_id = s.organization_id AND p.seq <= LEAST(h.anchor_seq, s.proven_seq)
       AND p.state IN ('delivered', 'dismissed')`;
  await db().$executeRaw`
    DELETE FROM siem_failure
     WHERE integration_id = ${integrationId}::uuid AND id <= (
       SELECT id FROM siem_failure WHERE integration_id = ${integrationId}::uuid
        ORDER BY id DESC OFFSET ${failuresKept} LIMIT 1)`;
}
