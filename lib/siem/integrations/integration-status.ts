import { parseProblem } from '@/lib/siem/delivery/problem';
import { hostOf } from '@/lib/siem/integrations/connection';
import { type Explanation, explain } from '@/lib/siem/integrations/explain';
import { diagnosisTarget } from '@/lib/siem/integrations/target';
import { describeTrust, storedTrust, type TlsTrust } from '@/lib/siem/splunk/trust';
import { parseUnaccounted, type Unaccounted } from '@/lib/siem/upkeep/reconcile';

/** One integration and where its stream stands. Plain data: times are ISO-8601; seqs and counts are decimal text. */
export type IntegrationStatus = {
  readonly id: string;
  readonly name: string;
  /** As the admin typed it, and what is used. */
  readonly hecUrl: string;
  readonly eventUrl: string;
  /** Host, with the port unless it is the scheme's own. */
  readonly host: string;
  readonly index: string | null;
  /** Empty for a token that is too short to show any of it. */
  readonly tokenLast4: string;
  readonly tokenSetAt: string;
  readonly trust: StatusTrust;
  /** Minutes of silence after which the stream gets a heartbeat event; null for none. */
  readonly heartbeatMinutes: number | null;
  readonly createdAt: string;
  readonly state: StreamState;
  readonly stateSince: string;
  readonly pausedBy: string | null;
  /** Events that were not delivered yet, and when the first of them happened. */
  readonly waiting: string;
  readonly oldestWaitingAt: string | null;
  readonly lastDelivered: DeliveredEvent | null;
  /** Since the integration was added, and in the last 24 hours. */
  readonly deliveredTotal: string;
  readonly deliveredToday: string;
  /** Events that Splunk refused for their content, and that nobody has dismissed. */
  readonly parked: number;
  /** Replays that are running or paused. */
  readonly replays: number;
  /** Events that are neither accepted nor parked nor waiting: an alarm, which names them. */
  readonly unaccounted: Unaccounted | null;
  /** Every event up to this number is proved to be accepted or parked. */
  readonly provenSeq: string;
  /** Splunk warned that its queue fills up: half the rate until then. */
  readonly slowUntil: string | null;
  /** From commit to Splunk's answer in the last 24 hours, by the last event of each batch. */
  readonly latency: { readonly p50Ms: number; readonly p95Ms: number } | null;
  readonly lastError: LastError | null;
};

/** What makes the server the right one: its kind, and in words which authority or certificate it is. */
export type StatusTrust = {
  readonly kind: TlsTrust['kind'];
  readonly description: string;
  /** Of the one certificate that is trusted. */
  readonly fingerprint256?: string;
};

export type StreamState = 'healthy' | 'degraded' | 'blocked' | 'paused';

export type DeliveredEvent = {
  readonly id: string;
  readonly seq: string;
  readonly action: string;
  readonly occurredAt: string;
  readonly deliveredAt: string;
};

/** The last problem in words, also when it is over. */
export type LastError = Explanation & {
  /** Whether it still stands between the stream and Splunk. */
  readonly standing: boolean;
  readonly at: string;
  /** When this cause began. */
  readonly since: string;
  readonly httpStatus: number | null;
  readonly hecCode: number | null;
  readonly hecText: string | null;
  /** Failed attempts in a row, and when the next one is due. */
  readonly attempts: number;
  readonly nextAttemptAt: string | null;
};

/** What the database says, in the order of the select list. */
export type StatusRow = {
  id: string;
  name: string;
  hecUrl: string;
  eventUrl: string;
  index: string | null;
  tokenLast4: string;
  tokenSetAt: Date;
  caCertificate: string | null;
  pinnedFingerprint: string | null;
  heartbeatMinutes: number | null;
  createdAt: Date;
  state: StreamState;
  stateSince: Date;
  pausedBy: string | null;
  waiting: bigint;
  oldestWaitingAt: Date | null;
  lastId: string | null;
  lastSeq: bigint | null;
  lastAction: string | null;
  lastOccurredAt: Date | null;
  lastDeliveredAt: Date | null;
  deliveredTotal: bigint;
  deliveredToday: bigint;
  parked: number;
  replays: number;
  unaccounted: unknown;
  provenSeq: bigint;
  slowUntil: Date | null;
  p50Ms: number | null;
  p95Ms: number | null;
  failing: boolean;
  attempts: number;
  nextAttemptAt: Date;
  lastErrorAt: Date | null;
  lastError: unknown;
};

/** The row in the form that pages take. */
export function statusOf(row: StatusRow): IntegrationStatus {
  const { id, name, hecUrl, eventUrl, index, tokenLast4, state, pausedBy, p50Ms, p95Ms } = row;
  const trust = storedTrust(row);
  return {
    id,
    name,
    hecUrl,
    eventUrl,
    host: hostOf(eventUrl),
    index,
    tokenLast4,
    tokenSetAt: row.tokenSetAt.toISOString(),
    trust: {
      kind: trust.kind,
      description: describeTrust(trust),
      ...(trust.kind === 'pinned' && { fingerprint256: trust.fingerprint256 }),
    },
    heartbeatMinutes: row.heartbeatMinutes,
    createdAt: row.createdAt.toISOString(),
    state,
    stateSince: row.stateSince.toISOString(),
    pausedBy,
    waiting: row.waiting.toString(),
    oldestWaitingAt: row.oldestWaitingAt?.toISOString() ?? null,
    lastDelivered: lastDeliveredOf(row),
    deliveredTotal: row.deliveredTotal.toString(),
    deliveredToday: row.deliveredToday.toString(),
    parked: row.parked,
    replays: row.replays,
    unaccounted: parseUnaccounted(row.unaccounted) ?? null,
    provenSeq: row.provenSeq.toString(),
    slowUntil: row.slowUntil?.toISOString() ?? null,
    latency: p50Ms === null || p95Ms === null ? null : { p50Ms: Math.round(p50Ms), p95Ms: Math.round(p95Ms) },
    lastError: lastErrorOf(row),
  };
}

function lastDeliveredOf(row: StatusRow): DeliveredEvent | null {
  const { lastId, lastSeq, lastAction, lastOccurredAt, lastDeliveredAt } = row;
  if (lastId === null || lastSeq === null || lastAction === null || !lastOccurredAt || !lastDeliveredAt)
    return null;
  return {
    id: lastId,
    seq: lastSeq.toString(),
    action: lastAction,
    occurredAt: lastOccurredAt.toISOString(),
    deliveredAt: lastDeliveredAt.toISOString(),
  };
}

function lastErrorOf(row: StatusRow): LastError | null {
  const problem = parseProblem(row.lastError);
  if (!problem || !row.lastErrorAt) return null;
  return {
    ...explain(problem, diagnosisTarget(row.eventUrl, row.index, storedTrust(row))),
    standing: row.failing,
    at: row.lastErrorAt.toISOString(),
    since: problem.since.toISOString(),
    httpStatus: problem.httpStatus ?? null,
    hecCode: problem.hecCode ?? null,
    hecText: problem.hecText ?? null,
    attempts: row.attempts,
    nextAttemptAt: row.failing && row.state !== 'paused' ? row.nextAttemptAt.toISOString() : null,
  };
}
