import { randomUUID } from 'node:crypto';
import type { AuditSource } from '@/lib/audit/event';
import { logOf } from '@/lib/audit/query/testing/log-of';
import { db } from '@/lib/db/client';

const dayMs = 86_400_000;
export const daysAgo = (days: number) => new Date(Date.now() - days * dayMs);

/** A log of ten events of 1000 to 991 days ago, five of 200 days ago, and five of a moment ago: No. 1 to 20. */
export function agedLog(): Promise<AuditSource> {
  return logOf(
    Array.from({ length: 20 }, (_, at) => ({
      time: at < 10 ? daysAgo(1_000 - at) : at < 15 ? daysAgo(200) : new Date(),
      ...(at === 0 && {
        actor: { type: 'user' as const, id: 'u0', name: 'Gone Long Ago', email: 'gone@acme.example' },
      }),
    })),
  );
}

/** An integration that has settled everything up to this event, in whatever state it is. */
export async function integratedUpTo(
  { organization }: AuditSource,
  cursor: bigint,
  state: 'healthy' | 'blocked' | 'paused' | 'degraded' = 'healthy',
): Promise<string> {
  const id = randomUUID();
  const { id: organizationId } = organization;
  await db().siemIntegration.create({
    data: {
      id,
      organizationId,
      name: `Splunk ${id.slice(0, 8)}`,
      hecUrl: 'https://127.0.0.1:18088',
      eventUrl: 'https://127.0.0.1:18088/services/collector/event',
      tokenSealed: 'sealed',
      tokenLast4: 'f00d',
      tokenSetAt: new Date(),
      channel: randomUUID(),
      stream: { create: { organizationId, startSeq: 0n, cursor, provenSeq: cursor, state } },
    },
  });
  return id;
}
