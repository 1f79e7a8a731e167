import { z } from 'zod';
import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import { parseProblem } from '@/lib/siem/delivery/problem';
import { type Explanation, explain } from '@/lib/siem/integrations/explain';
import { diagnosisTarget } from '@/lib/siem/integrations/target';

/** One request that Splunk answered, or did not; plain data. */
export type PastAttempt = {
  /** Tells it from every other of its integration. */
  readonly id: string;
  readonly at: string;
  readonly events: number;
  readonly latencyMs: number;
  readonly httpStatus: number | null;
  readonly hecCode: number | null;
} & (
  | {
      readonly outcome: 'accepted';
      readonly firstSeq: string;
      readonly lastSeq: string;
      /** Before compression. */
      readonly bytes: number;
      /** How many it took, this one included. */
      readonly attempts: number;
      /** More than one: a summary of an hour that is long ago, which ended at `at`. */
      readonly batches: number;
    }
  | {
      readonly outcome: 'failed';
      /** HEC's own words. */
      readonly hecText: string | null;
      readonly failure: Explanation;
    }
);

export type AttemptPage = {
  readonly items: readonly PastAttempt[];
  /** `before` of the next page, which is older; null at the end. */
  readonly before: string | null;
};

export type AttemptFilter = {
  readonly onlyFailed?: boolean;
  /** `before` of the page before. Anything else begins at the newest one. */
  readonly before?: string | undefined;
  readonly limit?: number;
};

/** What one hour brought; plain data. Milliseconds from an event, the last one of its batch, to Splunk's answer. */
export type HourOfDelivery = {
  readonly from: string;
  readonly events: number;
  readonly failures: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
};

type Row = {
  at: Date;
  outcome: PastAttempt['outcome'];
  key: bigint;
  events: number;
  latencyMs: number;
  httpStatus: number | null;
  hecCode: number | null;
  firstSeq: bigint;
  bytes: bigint;
  attempts: number;
  batches: number;
  cause: unknown;
};

const mostPerPage = 100;

/**
 * The attempts of an integration, newest first, accepted and failed ones together, 20 to a page; of the failed ones the
 * newest hundred are known. Pages neither lose nor repeat one while others are made. Empty for an integration of another
 * organization.
 */
export async function listAttempts(
  organizationId: string,
  integrationId: string,
  { onlyFailed = false, before, limit = 20 }: AttemptFilter = {},
): Promise<AttemptPage> {
  const integration = await find(organizationId, integrationId);
  if (!integration) return { items: [], before: null };
  const size = Math.min(mostPerPage, Math.max(1, limit));
  const receipts = Prisma.sql`
    (SELECT delivered_at AS at, 'accepted' AS outcome, last_seq AS key, events, latency_ms AS "latencyMs",
            http_status AS "httpStatus", hec_code AS "hecCode", first_seq AS "firstSeq", bytes, attempts, batches,
            NULL::jsonb AS cause
       FROM siem_receipt
      WHERE integration_id = ${integrationId}::uuid AND ${older('accepted', before)}
      ORDER BY delivered_at DESC, last_seq DESC LIMIT ${size + 1}) UNION ALL`;
  const rows = await db().$queryRaw<Row[]>`
    SELECT * FROM (
    ${onlyFailed ? Prisma.empty : receipts}
    (SELECT at, 'failed' AS outcome, id AS key, events, latency_ms AS "latencyMs", NULL::int AS "httpStatus",
            NULL::int AS "hecCode", 0::bigint AS "firstSeq", 0::bigint AS bytes, 0 AS attempts, 0 AS batches, cause
       FROM siem_failure
      WHERE integration_id = ${integrationId}::uuid AND ${older('failed', before)}
      ORDER BY at DESC, id DESC LIMIT ${size + 1})) AS attempt
    ORDER BY at DESC, outcome DESC, key DESC LIMIT ${size + 1}`;
  const target = diagnosisTarget(integration.eventUrl, integration.index);
  const items = rows.slice(0, size).map((row) => attemptOf(row, target));
  return { items, before: rows.length > size ? (items.at(-1)?.id ?? null) : null };
}

/** The last 24 hours of an integration by the hour, oldest first, the present one last. Empty as {@link listAttempts} is. */
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

/** The rows of that kind that come after the place in the order of the list. */
function older(outcome: Row['outcome'], before: string | undefined): Prisma.Sql {
  const place = /^(\d{1,15})\.(accepted|failed)\.(\d{1,18})$/.exec(before ?? '');
  if (!place) return Prisma.sql`true`;
  const [, ms = '0', kind = '', key = '0'] = place;
  const [at, order] =
    outcome === 'accepted'
      ? [Prisma.sql`delivered_at`, Prisma.sql`last_seq`]
      : [Prisma.sql`at`, Prisma.sql`id`];
  const instant = new Date(Number(ms));
  // The first half is what an index can do.
  return Prisma.sql`
    ${at} <= ${instant}::timestamptz AND (${at}, ${outcome}, ${order}) < (${instant}::timestamptz, ${kind}, ${BigInt(key)})`;
}

function attemptOf(row: Row, target: Parameters<typeof explain>[1]): PastAttempt {
  const { at, outcome, key, events, latencyMs } = row;
  const common = { id: `${at.getTime()}.${outcome}.${key}`, at: at.toISOString(), events, latencyMs };
  if (outcome === 'accepted') {
    const { httpStatus, hecCode, firstSeq, bytes, attempts, batches } = row;
    const seqs = { firstSeq: firstSeq.toString(), lastSeq: key.toString() };
    return { ...common, outcome, httpStatus, hecCode, ...seqs, bytes: Number(bytes), attempts, batches };
  }
  const problem = parseProblem({ since: at, ...(typeof row.cause === 'object' ? row.cause : {}) });
  return {
    ...common,
    outcome,
    httpStatus: problem?.httpStatus ?? null,
    hecCode: problem?.hecCode ?? null,
    hecText: problem?.hecText ?? null,
    failure: explain(problem ?? { id: 'unknown', since: at }, target),
  };
}

async function find(organizationId: string, id: string) {
  if (!z.uuid().safeParse(id).success) return null;
  return db().siemIntegration.findUnique({
    where: { organizationId_id: { organizationId, id } },
    select: { eventUrl: true, index: true },
  });
}
