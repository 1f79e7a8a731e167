import type { AuditSource } from '@/lib/audit/event';
import { db } from '@/lib/db/client';

/** Does something while no event can be written to this organization's log. */
export async function whileUnwritable<T>({ organization }: AuditSource, act: () => Promise<T>): Promise<T> {
  await db().$executeRawUnsafe(
    `ALTER TABLE audit_event ADD CONSTRAINT unwritable CHECK (organization_id <> '${organization.id}') NOT VALID`,
  );
  try {
    return await act();
  } finally {
    await db().$executeRaw`ALTER TABLE audit_event DROP CONSTRAINT unwritable`;
  }
}

/** In the order in which organizations have their turn. */
export const inTurn = (sources: readonly AuditSource[]) =>
  sources.toSorted((a, b) => (a.organization.id < b.organization.id ? -1 : 1));
