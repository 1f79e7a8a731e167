import { z } from 'zod';
import { isScope, type Scope, scopesWithin } from '@/lib/api-keys/scopes';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';

/** A key as it may be shown: never its secret, nor the hash of it. */
export type ApiKeySummary = {
  id: string;
  name: string;
  prefix: string;
  scopes: Scope[];
  /** Of these, what the creator's present role allows: what the key can do now. */
  effectiveScopes: Scope[];
  createdBy: { id: string; name: string; active: boolean };
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  lastUsedIp: string | null;
  revokedAt: Date | null;
};

/** An organization's keys that were not revoked, expired ones among them, the newest first. */
export function listApiKeys(organizationId: string): Promise<ApiKeySummary[]> {
  return select({ organizationId, revokedAt: null });
}

/** One key, a revoked one too; undefined when the organization has none of that id. */
export async function getApiKey(organizationId: string, id: string): Promise<ApiKeySummary | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined;
  const [found] = await select({ organizationId, id });
  return found;
}

async function select(where: Prisma.ApiKeyWhereInput): Promise<ApiKeySummary[]> {
  const rows = await db().apiKey.findMany({
    where,
    omit: { secretHash: true, organizationId: true, createdById: true, createdByName: true },
    include: { createdBy: { select: { id: true, name: true, role: true, status: true } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
  });
  return rows.map(({ createdBy: { role, status, ...creator }, ...key }) => {
    const scopes = key.scopes.filter(isScope);
    return {
      ...key,
      scopes,
      effectiveScopes: scopesWithin(role, scopes),
      createdBy: { ...creator, active: status === 'active' },
    };
  });
}
