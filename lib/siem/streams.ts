import { db } from '@/lib/db/client';
import { parseProblem } from '@/lib/siem/delivery/problem';
import { type Explanation, explain } from '@/lib/siem/integrations/explain';
import type { StreamState } from '@/lib/siem/integrations/integration-status';
import { diagnosisTarget } from '@/lib/siem/integrations/target';

/** Where one stream stands, in brief; plain data. Its cause may name the host, which is for those who may change it. */
export type StreamBrief = {
  readonly id: string;
  readonly name: string;
  readonly state: StreamState;
  readonly pausedBy: string | null;
  /** Events that were not delivered yet. */
  readonly waiting: number;
  /** Events that Splunk refused for their content in the last seven days. */
  readonly parked: number;
  /** What stands between the stream and Splunk at present. */
  readonly cause: Explanation | null;
};

type Row = Omit<StreamBrief, 'cause' | 'waiting'> & {
  waiting: bigint;
  eventUrl: string;
  index: string | null;
  lastError: unknown;
};

/** An organization's streams in the order they were added: what lib/siem/status.ts says of them, less what costs. */
export async function listStreams(organizationId: string): Promise<StreamBrief[]> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT i.id, i.name, s.state::text, s.paused_by AS "pausedBy", h.seq - s.cursor AS waiting,
           (SELECT count(*)::int FROM siem_parked p
             WHERE p.integration_id = i.id AND p.parked_at > now() - interval '7 days') AS parked,
           i.event_url AS "eventUrl", i.index,
           CASE WHEN s.first_failure_at IS NOT NULL THEN s.last_error END AS "lastError"
      FROM siem_integration i
      JOIN siem_stream s ON s.integration_id = i.id
      JOIN audit_head h ON h.organization_id = i.organization_id
     WHERE i.organization_id = ${organizationId}::uuid
     ORDER BY i.created_at, i.id`;
  return rows.map(({ eventUrl, index, lastError, waiting, ...row }) => {
    const problem = parseProblem(lastError);
    const cause = problem ? explain(problem, diagnosisTarget(eventUrl, index)) : null;
    return { ...row, waiting: Number(waiting), cause };
  });
}

/** A stream that is blocked, as the banner of the settings tells it. */
export type BlockedStream = {
  readonly id: string;
  readonly name: string;
  readonly since: string;
  readonly cause: Explanation | null;
};

/** Those of an organization's streams that a person has to mend, in the order they were added. Cheap: every page asks. */
export async function listBlockedStreams(organizationId: string): Promise<BlockedStream[]> {
  const rows = await db().siemStream.findMany({
    where: { organizationId, state: 'blocked' },
    select: {
      stateSince: true,
      lastError: true,
      integration: { select: { id: true, name: true, eventUrl: true, index: true } },
    },
    orderBy: [{ integration: { createdAt: 'asc' } }, { integrationId: 'asc' }],
  });
  return rows.map(({ stateSince, lastError, integration: { id, name, eventUrl, index } }) => {
    const problem = parseProblem(lastError);
    const cause = problem ? explain(problem, diagnosisTarget(eventUrl, index)) : null;
    return { id, name, since: stateSince.toISOString(), cause };
  });
}
