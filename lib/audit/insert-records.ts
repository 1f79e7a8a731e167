import { Prisma } from '@/lib/db/generated/client';
import { columnsOf, recordSchema } from './columns';

/**
 * Inserts records in their order; the table's trigger numbers and seals them. It does not make them part of any change:
 * only the flush of a transaction calls it (transaction.ts), and the demo, whose past has no transactions.
 */
export async function insertRecords(
  client: Pick<Prisma.TransactionClient, '$executeRaw'>,
  records: readonly string[],
): Promise<void> {
  await client.$executeRaw`
    INSERT INTO audit_event
      (organization_id, id, occurred_at, action, outcome, actor_type, actor_id, actor_name, actor_email,
       target_type, target_id, target_name, ip, origin, request_id, session_id, record, seq, hash)
    VALUES ${Prisma.join(records.map(insertRow))}`;
}

/** One row; seq and hash are placeholders that the table's trigger replaces, and it adds the refs of actor and target. */
function insertRow(record: string): Prisma.Sql {
  const c = columnsOf(recordSchema.parse(JSON.parse(record)));
  return Prisma.sql`(${c.organizationId}::uuid, ${c.id}::uuid, ${c.occurredAt}::timestamptz, ${c.action}, ${c.outcome},
    ${c.actorType}, ${c.actorId}, ${c.actorName}, ${c.actorEmail}, ${c.targetType}, ${c.targetId}, ${c.targetName},
    ${c.ip}::inet, ${c.origin}, ${c.requestId}, ${c.sessionId}, ${record}, 0, ''::bytea)`;
}
