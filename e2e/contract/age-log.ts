import type { Stage } from '@/e2e/contract/stage';
import { withDatabase } from '@/e2e/database';
import { sharedStack } from '@/e2e/stack';

/** Lets everything in the organization's log have happened two minutes earlier, which only a superuser can. */
export async function ageLog({ organization }: Pick<Stage, 'organization'>): Promise<void> {
  await withDatabase(sharedStack().superuserUrl.replace(/\/postgres$/, '/tracekeep'), async (query) => {
    // One statement is one transaction: nobody else meets the table without its trigger.
    await query(`
      DO $$ BEGIN
        ALTER TABLE audit_event DISABLE TRIGGER audit_refuse_change;
        UPDATE audit_event SET occurred_at = occurred_at - interval '2 minutes'
         WHERE organization_id = '${organization.id}';
        ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_refuse_change;
      END $$`);
  });
}
