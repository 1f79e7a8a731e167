import { randomUUID } from 'node:crypto';
import { UserError } from '@/lib/action/user-error';
import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { takeAttempt, waitingTime } from '@/lib/auth/rate-limit';
import { logTarget } from '@/lib/integrity/log-target';
import { stillBroken } from '@/lib/integrity/verification/broken-places';
import { wake } from '@/lib/integrity/wake';

/** Numbers of the log, both included; absent: from its beginning, up to its end. */
export type VerifiedRange = { readonly firstSeq?: bigint | undefined; readonly lastSeq?: bigint | undefined };

const attempts = { limit: 10, windowSeconds: 600 };

/**
 * So many verifications of an organization are kept, and those that found what is still broken besides. The log itself
 * knows of all that were started.
 */
const mostKept = 50;

/**
 * Starts to verify the organization's log, or a part of it, in the background. The range is clipped to what the log holds
 * now. Throws a {@link UserError}: of a field when there is nothing in the range, of the form when one is running already,
 * and for an organization that has started ten in ten minutes.
 */
export async function startVerification(source: AuditSource, range: VerifiedRange): Promise<void> {
  const { organization, actor } = source;
  const attempt = await takeAttempt(`audit-verify/${organization.id}`, attempts);
  if (!attempt.allowed)
    throw new UserError(`${attempts.limit} verifications were started within ten minutes.`, {
      hint: `The next one can start in ${waitingTime(attempt.retryAfterSeconds)}.`,
    });
  await withTransaction(async (tx) => {
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
    await tx.$executeRaw`
      DELETE FROM audit_verification v WHERE organization_id = ${organization.id}::uuid AND id NOT IN (
        SELECT id FROM audit_verification WHERE organization_id = ${organization.id}::uuid
         ORDER BY created_at DESC, id DESC LIMIT ${mostKept}) AND NOT (${stillBroken})`;
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
