import { Prisma } from '@/lib/db/generated/client';
import { readOnly } from '@/lib/db/read-only';
import { namedCondition, type Role } from './parties';

export type PartySuggestion = {
  /** What the filter takes: the id, or the name of what has none. */
  value: string;
  label: string;
  email?: string;
  type: string;
};

const maxSuggestions = 20;
const timeoutMs = 1_000;

/**
 * Actors or targets that the log names and whose name or e-mail address begins with a text, or whose id it is; in the
 * order of their names. For fields that complete while somebody types. Throws a TooSlowError after a second.
 */
export async function suggestParties(
  organizationId: string,
  role: Role,
  beginning: string,
): Promise<PartySuggestion[]> {
  return readOnly(timeoutMs, async (read) => {
    const rows = await read<{ value: string; label: string; email: string | null; type: string }>(Prisma.sql`
      SELECT DISTINCT ON (lower(coalesce(p.name, p.type)) COLLATE "C", value)
             coalesce(p.id, p.email, p.name, p.type) AS value, coalesce(p.name, p.email, p.type) AS label,
             p.email, p.type
        FROM audit_party p
       WHERE p.organization_id = ${organizationId}::uuid AND p.role = ${role} AND ${namedCondition([beginning])}
       ORDER BY lower(coalesce(p.name, p.type)) COLLATE "C", value LIMIT ${maxSuggestions}`);
    return rows.map(({ email, ...row }) => ({ ...row, ...(email !== null && { email }) }));
  });
}
