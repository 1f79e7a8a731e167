import type { Tx } from '@/lib/audit/transaction';

/** Somebody saved other settings since the form was opened; nothing was changed. */
export class ChangedMeanwhileError extends Error {
  override readonly name = 'ChangedMeanwhileError';
  constructor(
    /** Of the settings as they are now: whoever saves with it has been told. */
    readonly version: number,
    /** Who saved them; undefined when the log does not know any more. */
    readonly by: string | undefined,
  ) {
    super('the settings changed meanwhile');
  }
}

/** Who last saved the settings of a connection, by the audit log. */
export async function lastChangedBy(
  tx: Tx,
  organizationId: string,
  connectionId: string,
): Promise<string | undefined> {
  const event = await tx.auditEvent.findFirst({
    where: { organizationId, targetId: connectionId, action: 'organization.auth.oidc.update' },
    orderBy: { seq: 'desc' },
    select: { actorName: true },
  });
  return event?.actorName ?? undefined;
}
