import { type EventDraft, insertEvents } from '@/e2e/audit-events';
import type { AuditSource } from '@/lib/audit/event';
import { pool } from '@/lib/db/pool';
import { createOrganization } from '@/test/organization';

/** A new organization whose log holds these events, oldest first. */
export async function logOf(drafts: readonly EventDraft[]): Promise<AuditSource> {
  const source = await createOrganization();
  await addToLog(source, drafts);
  return source;
}

export async function addToLog({ organization }: AuditSource, drafts: readonly EventDraft[]): Promise<void> {
  await insertEvents(async (sql, values) => (await pool().query(sql, values)).rows, organization, drafts);
}
