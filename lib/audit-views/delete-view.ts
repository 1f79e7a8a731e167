import { withTransaction } from '@/lib/audit/transaction';
import type { Viewer } from '@/lib/audit-views/list-views';
import { requireDeletable } from '@/lib/audit-views/require-own';

/**
 * Deletes a view: one's own, and as an admin any that is shared. Whose log opened with it sees all events again. Throws a
 * UserError for any other.
 */
export async function deleteView(viewer: Viewer, id: string): Promise<void> {
  await withTransaction(async (tx) => {
    await requireDeletable(tx, viewer, id);
    await tx.savedView.deleteMany({ where: { id } });
  });
}
