import 'server-only';
import { notFound } from 'next/navigation';
import { requireConfirmed } from '@/lib/auth/confirmed';
import { getIntegrationStatus, type IntegrationStatus } from '@/lib/siem/status';

/** The integration that a page is about, for somebody who may change it; another organization's is not found. */
export async function loadIntegration(params: Promise<{ id: string }>): Promise<IntegrationStatus> {
  const { organization } = await requireConfirmed('siem.manage');
  const { id } = await params;
  return (await getIntegrationStatus(organization.id, id)) ?? notFound();
}
