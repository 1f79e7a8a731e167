import 'server-only';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { type Actor, actorSource } from '@/lib/auth/actor-source';
import { auditContext, type RequestContext } from '@/lib/auth/request-context';

/**
 * Gives the actor another name and records `user.update_name` with both, all or nothing. Events of before keep the old
 * one. The name they have already is no change and records nothing.
 */
export async function updateName(actor: Actor, name: string, request: RequestContext): Promise<void> {
  const { id } = actor.user;
  await withTransaction(async (tx) => {
    // Locked, so that of two changes at once the second is recorded as a change of the first.
    const [user] = await tx.$queryRaw<{ name: string }[]>`
      SELECT name FROM app_user WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    if (!user || user.name === name) return;
    await tx.user.update({ where: { id }, data: { name } });
    recordAudit(tx, {
      ...actorSource(actor, auditContext(request)),
      action: 'user.update_name',
      targets: [{ type: 'user', id, name }],
      changes: [{ field: 'name', from: user.name, to: name }],
      metadata: {},
    });
  });
}
