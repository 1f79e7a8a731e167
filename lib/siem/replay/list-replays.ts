import { z } from 'zod';
import { db } from '@/lib/db/client';
import type { ReplayState } from '@/lib/db/generated/enums';
import { parseProblem } from '@/lib/siem/delivery/problem';
import { type Explanation, explain } from '@/lib/siem/integrations/explain';
import { diagnosisTarget } from '@/lib/siem/integrations/target';

/** A replay and how far it has come; plain data. */
export type ReplayStatus = {
  readonly id: string;
  readonly state: ReplayState;
  readonly stateSince: string;
  readonly firstSeq: string;
  readonly lastSeq: string;
  readonly events: string;
  /** When the first and the last of its events happened; null for one that is gone from the log. */
  readonly from: string | null;
  readonly to: string | null;
  /** Settled so far: accepted, or refused for their content. */
  readonly done: string;
  readonly refused: number;
  /** 0 to 100. */
  readonly percent: number;
  readonly eventsPerSecond: number;
  /** At its rate, while it goes on; null while it does not. */
  readonly secondsLeft: number | null;
  readonly requestedBy: string | null;
  readonly createdAt: string;
  /** Why it does not go on: its own last attempt, or the live stream, which goes first. */
  readonly waitingFor: 'live_stream' | 'next_attempt' | null;
  readonly nextAttemptAt: string | null;
  readonly lastError: Explanation | null;
};

const most = 50;

/** The replays of an integration, newest first; the newest fifty. Empty for an integration of another organization. */
export async function listReplays(organizationId: string, integrationId: string): Promise<ReplayStatus[]> {
  if (!z.uuid().safeParse(integrationId).success) return [];
  const [rows, stream] = await Promise.all([
    db().siemReplay.findMany({
      where: { organizationId, integrationId },
      orderBy: { createdAt: 'desc' },
      take: most,
      include: { integration: { select: { eventUrl: true, index: true } } },
    }),
    db().siemStream.findFirst({ where: { organizationId, integrationId }, select: { state: true } }),
  ]);
  const times = await timesOf(organizationId, rows);
  return rows.map(({ integration, ...row }) => {
    const running = row.state === 'running';
    const problem = running ? parseProblem(row.lastError) : undefined;
    const events = row.lastSeq - row.firstSeq + 1n;
    const done = row.cursor - row.firstSeq + 1n;
    const waitingFor = running ? reasonToWait(stream?.state !== 'healthy', problem !== undefined) : null;
    const goesOn = running && waitingFor === null;
    return {
      id: row.id,
      state: row.state,
      stateSince: row.stateSince.toISOString(),
      firstSeq: row.firstSeq.toString(),
      lastSeq: row.lastSeq.toString(),
      events: events.toString(),
      from: times.get(row.firstSeq) ?? null,
      to: times.get(row.lastSeq) ?? null,
      done: done.toString(),
      refused: row.refusedEvents,
      percent: Number((done * 100n) / events),
      eventsPerSecond: row.eventsPerSecond,
      secondsLeft: goesOn ? Math.ceil(Number(events - done) / row.eventsPerSecond) : null,
      requestedBy: row.requestedBy,
      createdAt: row.createdAt.toISOString(),
      waitingFor,
      nextAttemptAt: problem ? row.nextAttemptAt.toISOString() : null,
      lastError: problem ? explain(problem, diagnosisTarget(integration.eventUrl, integration.index)) : null,
    };
  });
}

function reasonToWait(liveUnwell: boolean, failing: boolean): ReplayStatus['waitingFor'] {
  if (liveUnwell) return 'live_stream';
  return failing ? 'next_attempt' : null;
}

/** When the events at the ends of these ranges happened, by their numbers. */
async function timesOf(
  organizationId: string,
  ranges: readonly { firstSeq: bigint; lastSeq: bigint }[],
): Promise<Map<bigint, string>> {
  const events = await db().auditEvent.findMany({
    where: { organizationId, seq: { in: ranges.flatMap(({ firstSeq, lastSeq }) => [firstSeq, lastSeq]) } },
    select: { seq: true, occurredAt: true },
  });
  return new Map(events.map(({ seq, occurredAt }) => [seq, occurredAt.toISOString()]));
}
