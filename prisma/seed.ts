import { randomBytes } from 'node:crypto';
import type { AuditSource, Context } from '@/lib/audit/event';
import { withTransaction } from '@/lib/audit/transaction';
import { hashPassword } from '@/lib/auth/password';
import type { Role } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import { addUser } from '@/lib/organization/add-user';
import { createFirstOrganization } from '@/lib/organization/create-first';

const context: Context = { origin: 'system' };
const admin = { name: 'Alice Fox', email: 'alice@acme.example' };
const colleagues: readonly { name: string; email: string; role: Role }[] = [
  { name: 'Mira Sato', email: 'mira@acme.example', role: 'auditor' },
  { name: 'Ben Okafor', email: 'ben@acme.example', role: 'member' },
];

/**
 * Fills an empty database with one organization of three people, through the same functions as the product. All have one
 * password, made for this demo and printed by it. The log holds what really happened: that they were added.
 */
export async function seedDemo(): Promise<{ email: string; password: string }> {
  const password = randomBytes(12).toString('base64url');
  await createFirstOrganization({ organization: 'Acme Security', ...admin, password }, context);
  const { organization, ...user } = await db().user.findUniqueOrThrow({
    where: { email: admin.email },
    select: { id: true, name: true, email: true, role: true, organization: { omit: { createdAt: true } } },
  });
  const source: AuditSource = { organization, actor: { type: 'user', ...user }, context };
  for (const colleague of colleagues) {
    const passwordHash = await hashPassword(password);
    await withTransaction((tx) => addUser(tx, source, { ...colleague, passwordHash }, 'setup'));
  }
  return { email: admin.email, password };
}
