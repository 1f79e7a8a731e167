import 'server-only';
import { notFound } from 'next/navigation';
import { type ApiKeySummary, getApiKey } from '@/lib/api-keys/list-api-keys';
import { requirePermission } from '@/lib/auth/actor';

/** The key that a page is about, for somebody who may manage keys; another organization's is not found. */
export async function loadKey(params: Promise<{ id: string }>): Promise<ApiKeySummary> {
  const { organization } = await requirePermission('api_keys.manage');
  const { id } = await params;
  return (await getApiKey(organization.id, id)) ?? notFound();
}
