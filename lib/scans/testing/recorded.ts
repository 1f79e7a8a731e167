import type { AuditSource } from '@/lib/audit/event';
import { db } from '@/lib/db/client';

/** An event of the log as tests compare it. */
export type Recorded = {
  action: string;
  outcome: string;
  actor: Record<string, unknown>;
  targets: unknown[];
  changes: unknown[];
  context: Record<string, unknown>;
  metadata: Record<string, unknown>;
};

/** The organization's log, oldest first. */
export async function recorded({ organization }: AuditSource): Promise<Recorded[]> {
  const rows = await db().auditEvent.findMany({
    where: { organizationId: organization.id },
    orderBy: { seq: 'asc' },
    select: { record: true },
  });
  return rows.map(({ record }) => JSON.parse(record));
}

/** The actions of the log in their order. */
export async function recordedActions(source: AuditSource): Promise<string[]> {
  return (await recorded(source)).map(({ action }) => action);
}
