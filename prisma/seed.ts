import { randomBytes, randomUUID } from 'node:crypto';
import type { AuditSource, Context } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { hashPassword } from '@/lib/auth/password';
import type { Role } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
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
  for (const colleague of colleagues) await addColleague(source, colleague, await hashPassword(password));
  return { email: admin.email, password };
}

function addColleague(
  source: AuditSource,
  colleague: (typeof colleagues)[number],
  passwordHash: string,
): Promise<void> {
  const id = randomUUID();
  return withTransaction(async (tx) => {
    await tx.user.create({
      data: { ...colleague, id, organizationId: source.organization.id, passwordHash },
    });
    recordAudit(tx, {
      ...source,
      action: 'user.create',
      targets: [{ type: 'user', id, name: colleague.name }],
      metadata: { role: colleague.role, via: 'setup' },
    });
  });
}
