import { randomUUID } from 'node:crypto';
import type { AuditSource } from '@/lib/audit/event';
import { db } from '@/lib/db/client';

/** An organization with one admin who acts: what nearly every database test begins with. */
export async function createOrganization(name = 'Acme Security'): Promise<AuditSource> {
  const id = randomUUID();
  const slug = `acme-${id.slice(0, 8)}`;
  const admin = {
    id: randomUUID(),
    name: 'Alice Fox',
    email: `alice-${id.slice(0, 8)}@acme.example`,
    role: 'admin' as const,
  };
  // A password that nobody knows: an organization needs an admin who could sign in.
  const passwordHash =
    '$argon2id$v=19$m=19456,t=2,p=1$eOkWGHRETFYssFvYhZsnQA$nxqtoAc5Dsr0L3ZvDWnqfFJ0bKvjMht/bMWwdMVqZAM';
  await db().organization.create({ data: { id, slug, name, users: { create: { ...admin, passwordHash } } } });
  return {
    organization: { id, slug, name },
    actor: { type: 'user', ...admin },
    context: {
      ip: '203.0.113.24',
      user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      request_id: randomUUID(),
      session_id: randomUUID(),
      origin: 'console',
    },
  };
}
