import { randomUUID } from 'node:crypto';
import type { Query } from '@/e2e/database';

/** Writes a view of the audit log that its owner shares with the organization. Returns its id. */
export async function insertView(query: Query, owner: { id: string }, name: string): Promise<string> {
  const id = randomUUID();
  await query(
    `INSERT INTO saved_view (id, organization_id, owner_id, name, query, shared)
     SELECT $1, organization_id, id, $2, 'action=scan.*&result=failure', true FROM app_user WHERE id = $3`,
    [id, name, owner.id],
  );
  return id;
}
