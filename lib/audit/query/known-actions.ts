import { Prisma } from '@/lib/db/generated/client';
import type { Read } from '@/lib/db/read-only';

/** Far more than the catalogue has: a log may hold events of other versions too. */
const maxActions = 1_000;

/**
 * The actions that an organization's log holds, by stepping from each to the next in the index: a probe for each, however
 * many events there are.
 */
export async function knownActions(read: Read, organizationId: string): Promise<string[]> {
  const next = (after: Prisma.Sql) => Prisma.sql`
    (SELECT a.action FROM audit_event a
      WHERE a.organization_id = ${organizationId}::uuid AND a.action > ${after}
      ORDER BY a.action LIMIT 1)`;
  const rows = await read<{ action: string }>(Prisma.sql`
    WITH RECURSIVE known (action) AS (
      SELECT ${next(Prisma.sql`''`)}
      UNION ALL
      SELECT ${next(Prisma.sql`known.action`)} FROM known WHERE known.action IS NOT NULL
    )
    SELECT action FROM known WHERE action IS NOT NULL LIMIT ${maxActions}`);
  return rows.map(({ action }) => action);
}
