import type { Viewer } from '@/lib/audit-views/list-views';
import { db } from '@/lib/db/client';

/** From now on the log opens with this view for the viewer. False when they may not see such a view. */
export async function chooseDefault({ organization, user }: Viewer, viewId: string): Promise<boolean> {
  const chosen = await db().$executeRaw`
    INSERT INTO default_view (user_id, organization_id, view_id)
    SELECT ${user.id}::uuid, organization_id, id FROM saved_view
     WHERE organization_id = ${organization.id}::uuid AND id = ${viewId}::uuid
       AND (owner_id = ${user.id}::uuid OR shared)
       FOR KEY SHARE
        ON CONFLICT (user_id) DO UPDATE SET view_id = EXCLUDED.view_id`;
  return chosen > 0;
}

/** From now on the log opens with all events for the viewer. */
export async function clearDefault({ user }: Viewer): Promise<void> {
  await db().defaultView.deleteMany({ where: { userId: user.id } });
}
