import { Client } from 'pg';
import type { AuditSource } from '@/lib/audit/event';

/** What a superuser can do to an organization's log: a statement in which $1 is the organization. */
export async function attack(
  superuserUrl: string,
  { organization }: AuditSource,
  statement: string,
): Promise<void> {
  const attacker = new Client({ connectionString: superuserUrl });
  await attacker.connect();
  await attacker.query('ALTER TABLE audit_event DISABLE TRIGGER USER');
  await attacker.query(statement, [organization.id]);
  await attacker.query('ALTER TABLE audit_event ENABLE TRIGGER USER');
  await attacker.end();
}
