import { randomUUID } from 'node:crypto';
import type { AuditSource } from '@/lib/audit/event';
import type { Role } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';

/** A person of the source's organization, as they act themselves. */
export async function addMember(
  { organization, context }: AuditSource,
  { name = 'Ben Okafor', role = 'member' as Role, status = 'active' as 'active' | 'deactivated' } = {},
): Promise<AuditSource & { actor: { id: string; name: string; email: string } }> {
  const id = randomUUID();
  const email = `${id.slice(0, 8)}@acme.example`;
  await db().user.create({ data: { id, organizationId: organization.id, name, email, role, status } });
  return { organization, actor: { type: 'user', id, name, email, role }, context };
}

/** Gives somebody an API key; returns its id. */
export async function addKey({ organization, actor }: AuditSource, name: string): Promise<string> {
  const id = randomUUID();
  await db().apiKey.create({
    data: {
      id,
      organizationId: organization.id,
      name,
      prefix: `tk_${id.slice(0, 8)}`,
      secretHash: Uint8Array.from({ length: 32 }, () => 7),
      scopes: ['audit_log.read'],
      createdById: actor.id ?? '',
      createdByName: actor.name ?? '',
    },
  });
  return id;
}

/** The records of an organization's log, oldest first. */
export async function recordsOf({ organization }: AuditSource) {
  const rows = await db().auditEvent.findMany({
    where: { organizationId: organization.id },
    orderBy: { seq: 'asc' },
  });
  return rows.map(({ record }) => JSON.parse(record));
}

/** Those who can change anything. */
export async function activeAdmins({ organization }: AuditSource): Promise<string[]> {
  const admins = await db().user.findMany({
    where: { organizationId: organization.id, role: 'admin', status: 'active' },
    select: { id: true },
  });
  return admins.map(({ id }) => id);
}
