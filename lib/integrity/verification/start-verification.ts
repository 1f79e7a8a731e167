import { randomUUID } from 'node:crypto';
import { UserError } from '@/lib/action/user-error';
import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { logTarget } from '@/lib/integrity/log-target';
import { wake } from '@/lib/integrity/wake';

/** Numbers of the log, both included; absent: from its beginning, up to its end. */
export type VerifiedRange = { readonly firstSeq?: bigint | undefined; readonly lastSeq?: bigint | undefined };

/**
 * Starts to verify the organization's log, or a part of it, in the background. The range is clipped to what the log holds
 * now. Throws a {@link UserError}: of a field when there is nothing in the range, of the form when one is running already.
 */
export async function startVerification(source: AuditSource, range: VerifiedRange): Promise<void> {
  await withTransaction(async (tx) => {
    const { organization, actor } = source;
    const { firstSeq, lastSeq } = await clip(tx, organization.id, range);
    const running = await tx.auditVerification.findFirst({
      where: { organizationId: organization.id, state: 'running' },
      select: { id: true },
    });
    if (running)
      throw new UserError('A verification is running already.', {
        hint: 'Wait until it has ended, or cancel it.',
      });
    await tx.auditVerification.create({
      data: {
        id: randomUUID(),
        organizationId: organization.id,
        requestedBy: actor.name ?? null,
        firstSeq,
        lastSeq,
        cursor: firstSeq - 1n,
      },
    });
    recordAudit(tx, {
      ...source,
      action: 'audit_log.verify',
      targets: [logTarget(organization)],
      metadata: { first_seq: firstSeq.toString(), last_seq: lastSeq.toString() },
    });
  });
  wake();
}

/** Locks the end of the log, so that of two who start at once one comes second. */
async function clip(tx: Tx, organizationId: string, range: VerifiedRange) {
  const [head] = await tx.$queryRaw<{ seq: bigint; anchorSeq: bigint }[]>`
    SELECT seq, anchor_seq AS "anchorSeq" FROM audit_head WHERE organization_id = ${organizationId}::uuid FOR UPDATE`;
  if (!head) throw new Error('the organization has no audit chain');
  const begin = head.anchorSeq + 1n;
  const firstSeq = range.firstSeq === undefined || range.firstSeq < begin ? begin : range.firstSeq;
  const lastSeq = range.lastSeq === undefined || range.lastSeq > head.seq ? head.seq : range.lastSeq;
  if (firstSeq <= lastSeq) return { firstSeq, lastSeq };
  const holds = head.seq < begin ? 'The log is empty.' : `The log holds No. ${begin} to ${head.seq}.`;
  throw new UserError('There is no event in this range.', { field: 'firstSeq', hint: holds });
}
