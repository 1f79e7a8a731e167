import { z } from 'zod';
import type { Tx } from '@/lib/audit/transaction';
import { NotFoundError } from '@/lib/siem/integrations/refusal';

/** The end of the log, and where it begins after retention removed a part. */
export type Head = { readonly seq: bigint; readonly anchorSeq: bigint };

/**
 * Locks the end of the organization's log until the transaction ends: no event is recorded meanwhile, and no other
 * command changes the organization's integrations. Each command takes this lock first and the stream's second, so two of
 * them cannot wait for one another.
 */
export async function lockHead(tx: Tx, organizationId: string): Promise<Head> {
  const [head] = await tx.$queryRaw<Head[]>`
    SELECT seq, anchor_seq AS "anchorSeq" FROM audit_head WHERE organization_id = ${organizationId}::uuid FOR UPDATE`;
  if (!head) throw new NotFoundError();
  return head;
}

/**
 * Locks an integration's stream and reads the integration. The stream comes first because a sender that settles holds
 * its row and then looks at the integration's. Throws {@link NotFoundError} for an id of another organization too.
 */
export async function lockIntegration(tx: Tx, organizationId: string, id: string) {
  if (!z.uuid().safeParse(id).success) throw new NotFoundError();
  const head = await lockHead(tx, organizationId);
  await tx.$queryRaw`
    SELECT 1 FROM siem_stream
     WHERE integration_id = ${id}::uuid AND organization_id = ${organizationId}::uuid FOR UPDATE`;
  const integration = await tx.siemIntegration.findUnique({
    where: { organizationId_id: { organizationId, id } },
    include: { stream: true },
  });
  if (!integration?.stream) throw new NotFoundError();
  const { stream, ...settings } = integration;
  return { ...settings, stream, head };
}

/** The target of every event about an integration. */
export function integrationTarget(integration: { readonly id: string; readonly name: string }) {
  return [{ type: 'siem_integration' as const, id: integration.id, name: integration.name }];
}

/** The names of the organization's other integrations. Call it while holding the head's lock. */
export async function namesTaken(tx: Tx, organizationId: string, exceptId?: string): Promise<string[]> {
  const rows = await tx.siemIntegration.findMany({
    where: { organizationId, ...(exceptId !== undefined && { id: { not: exceptId } }) },
    select: { name: true },
  });
  return rows.map((row) => row.name);
}
