import { UserError } from '@/lib/action/user-error';
import type { Tx } from '@/lib/audit/transaction';
import { type Viewer, visibleTo } from '@/lib/audit-views/list-views';
import { mayDelete } from '@/lib/audit-views/may-delete';

/** Throws a {@link UserError} unless the view is the viewer's. One that they may not see is like one that does not exist. */
export async function requireOwn(tx: Tx, viewer: Viewer, id: string): Promise<void> {
  const owner = await ownerOf(tx, viewer, id);
  if (owner.id !== viewer.user.id) throw new UserError(`Only ${owner.name} can change this view.`);
}

/** Throws a {@link UserError} unless the viewer {@link mayDelete} the view. */
export async function requireDeletable(tx: Tx, viewer: Viewer, id: string): Promise<void> {
  const owner = await ownerOf(tx, viewer, id);
  if (!mayDelete(viewer, { own: owner.id === viewer.user.id }))
    throw new UserError(`Only ${owner.name} or an admin can delete this view.`);
}

async function ownerOf(tx: Tx, viewer: Viewer, id: string): Promise<{ id: string; name: string }> {
  const view = await tx.savedView.findFirst({
    where: { id, ...visibleTo(viewer) },
    select: { owner: { select: { id: true, name: true } } },
  });
  if (!view) throw new UserError('This view does not exist.', { hint: 'Go back to saved views.' });
  return view.owner;
}
