import { z } from 'zod';
import { db } from '@/lib/db/client';
import { parseProblem } from '@/lib/siem/delivery/problem';
import { type Explanation, explain } from '@/lib/siem/integrations/explain';
import { diagnosisTarget } from '@/lib/siem/integrations/target';

/** One request that Splunk answered, or did not; plain data. */
export type PastAttempt = {
  readonly at: string;
  readonly events: number;
  readonly latencyMs: number;
  readonly httpStatus: number | null;
  readonly hecCode: number | null;
  /** Null for an accepted batch. */
  readonly failure: Explanation | null;
};

/** What one hour brought; plain data. Milliseconds from an event, the last one of its batch, to Splunk's answer. */
export type HourOfDelivery = {
  readonly from: string;
  readonly events: number;
  readonly failures: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
};

/**
 * The last attempts of an integration, newest first, accepted and failed ones together; of the failed ones the newest
 * hundred are known. Empty for an integration of another organization.
 */
export async function recentAttempts(
  organizationId: string,
  integrationId: string,
  limit = 30,
): Promise<PastAttempt[]> {
  const integration = await find(organizationId, integrationId);
  if (!integration) return [];
  const [receipts, failures] = await Promise.all([
    db().siemReceipt.findMany({ where: { integrationId }, orderBy: { lastSeq: 'desc' }, take: limit }),
    db().siemFailure.findMany({ where: { integrationId }, orderBy: { id: 'desc' }, take: limit }),
  ]);
  const target = diagnosisTarget(integration.eventUrl, integration.index);
  const accepted = receipts.map(({ deliveredAt, events, latencyMs, httpStatus, hecCode }) => ({
    at: deliveredAt,
    events,
    latencyMs,
    httpStatus,
    hecCode,
    failure: null,
  }));
  const failed = failures.map(({ at, events, latencyMs, cause }) => {
    const problem = parseProblem({ since: at, ...(typeof cause === 'object' ? cause : {}) });
    return {
      at,
      events,
      latencyMs,
      httpStatus: problem?.httpStatus ?? null,
      hecCode: problem?.hecCode ?? null,
      failure: explain(problem ?? { id: 'unknown', since: at }, target),
    };
  });
  return [...accepted, ...failed]
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, limit)
    .map((attempt) => ({ ...attempt, at: attempt.at.toISOString() }));
}

/** The last 24 hours of an integration by the hour, oldest first, the present one last. Empty as {@link recentAttempts} is. */
export async function hourlyDeliveries(
  organizationId: string,
  integrationId: string,
): Promise<HourOfDelivery[]> {
  if (!(await find(organizationId, integrationId))) return [];
  const rows = await db().$queryRaw<(Omit<HourOfDelivery, 'from'> & { from: Date })[]>`
    SELECT hour AS "from", coalesce(delivered.events, 0)::int AS events, delivered.p50 AS "p50Ms",
           delivered.p95 AS "p95Ms",
           (SELECT count(*)::int FROM siem_failure f
             WHERE f.integration_id = ${integrationId}::uuid AND f.at >= hour AND f.at < hour + interval '1 hour') AS failures
      FROM generate_series(date_trunc('hour', now()) - interval '23 hours', date_trunc('hour', now()), interval '1 hour')
             AS hour
     CROSS JOIN LATERAL (
       SELECT sum(r.events) AS events, percentile_disc(0.5) WITHIN GROUP (ORDER BY r.lag_ms) AS p50,
              percentile_disc(0.95) WITHIN GROUP (ORDER BY r.lag_ms) AS p95
         FROM siem_receipt r
        WHERE r.integration_id = ${integrationId}::uuid AND r.delivered_at >= hour
          AND r.delivered_at < hour + interval '1 hour') AS delivered
     ORDER BY hour`;
  return rows.map(({ from, ...hour }) => ({ from: from.toISOString(), ...hour }));
}

async function find(organizationId: string, id: string) {
  if (!z.uuid().safeParse(id).success) return null;
  return db().siemIntegration.findUnique({
    where: { organizationId_id: { organizationId, id } },
    select: { eventUrl: true, index: true },
  });
}
