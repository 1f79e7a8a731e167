import type { Query } from '@/e2e/database';
import { type Furnishings, insertPerson, type Organization } from '@/e2e/furnished';
import { scopes } from '@/lib/api-keys/scopes';

type Places = {
  addApiKey: Furnishings['addApiKey'];
  query: Query;
  organization: Organization;
  elsewhere: Organization;
};

/** A key of each scope, and keys with every scope that are worth less than they say. By who calls with it. */
export async function addKeys({
  addApiKey,
  query,
  organization,
  elsewhere,
}: Places): Promise<Record<string, string>> {
  const keys: Record<string, string> = {};
  for (const scope of scopes) keys[scope] = (await addApiKey({ scopes: [scope] })).text;
  const yesterday = new Date(Date.now() - 86_400_000);
  keys.revoked = (await addApiKey({ revokedAt: yesterday })).text;
  keys.expired = (await addApiKey({ expiresAt: yesterday, createdAt: new Date(0) })).text;
  const gone = await insertPerson(query, organization, 'admin');
  keys['creator deactivated'] = (await addApiKey({ createdBy: gone })).text;
  await query(`UPDATE app_user SET status = 'deactivated' WHERE id = $1`, [gone.id]);
  const demoted = await insertPerson(query, organization, 'member');
  keys['creator became a member'] = (await addApiKey({ createdBy: demoted })).text;
  const stranger = await insertPerson(query, elsewhere, 'admin');
  keys.elsewhere = (await addApiKey({ createdBy: stranger })).text;
  return keys;
}
