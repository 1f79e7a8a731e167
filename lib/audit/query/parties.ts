import { Prisma } from '@/lib/db/generated/client';
import type { Read } from '@/lib/db/read-only';
import { escapeLike } from './escape-like';
import { type Family, few, many } from './families';

export type Role = 'actor' | 'target';

/** Up to this many actors, targets or addresses are looked for one by one in the index. */
const maxValues = 500;

/** The actors or targets that a filter names: by id, or by the beginning of a name or an e-mail address. */
export async function partiesNamed(
  read: Read,
  organizationId: string,
  role: Role,
  names: readonly string[],
): Promise<Family[]> {
  return lookUp(read, organizationId, [role], namedCondition(names));
}

/** The actors and targets that have a text anywhere in name, e-mail address or id. */
export async function partiesWithText(read: Read, organizationId: string, text: string): Promise<Family[]> {
  const pattern = `%${escapeLike(text)}%`;
  return lookUp(
    read,
    organizationId,
    ['actor', 'target'],
    Prisma.sql`audit_party_text(p.type, p.id, p.name, p.email) LIKE lower(${pattern}::text)`,
  );
}

/** What has neither a name nor an e-mail address goes by its type: `system`, `anonymous`. */
export function namedCondition(names: readonly string[]): Prisma.Sql {
  const beginnings = names.map((name) => {
    const pattern = `${escapeLike(name)}%`;
    return Prisma.sql`lower(coalesce(p.name, p.type)) COLLATE "C" LIKE lower(${pattern}::text)
                   OR lower(p.email) COLLATE "C" LIKE lower(${pattern}::text)`;
  });
  return Prisma.sql`(p.id = ANY(${[...names]}::text[]) OR ${Prisma.join(beginnings, ' OR ')})`;
}

async function lookUp(
  read: Read,
  organizationId: string,
  roles: readonly Role[],
  condition: Prisma.Sql,
): Promise<Family[]> {
  const of = (role: Role) => Prisma.sql`
    audit_party p WHERE p.organization_id = ${organizationId}::uuid AND p.role = ${role} AND ${condition}`;
  const found = await read<{ role: Role; ref: string }>(
    Prisma.join(
      roles.map((role) => Prisma.sql`(SELECT p.role, p.ref FROM ${of(role)} LIMIT ${maxValues + 1})`),
      ' UNION ALL ',
    ),
  );
  return roles.flatMap((role) => {
    const column = role === 'actor' ? 'actor_ref' : 'target_ref';
    const refs = found.filter((party) => party.role === role).map(({ ref }) => ref);
    if (refs.length > maxValues) return [many(column, Prisma.sql`SELECT p.ref FROM ${of(role)}`)];
    return refs.length > 0 ? [few(organizationId, column, refs)] : [];
  });
}
