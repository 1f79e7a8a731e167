import 'server-only';
import type { Facts } from '@/components/overview/attention';
import type { Actor } from '@/lib/auth/actor';
import { can, type Permission } from '@/lib/auth/permissions';
import { listBrokenPlaces } from '@/lib/integrity/verification/broken-places';
import { listExpiringKeys } from '@/lib/overview/expiring-keys';
import { countFailedSignIns } from '@/lib/overview/failed-sign-ins';
import { countOpenInvitations } from '@/lib/overview/open-invitations';
import { listScanResults } from '@/lib/overview/scan-results';
import { listStreams } from '@/lib/siem/streams';

/** What may need the attention of somebody of this role; nothing that their role may not read is asked for. */
export async function readFacts({ organization, user }: Actor): Promise<Facts> {
  const ask = <T>(permission: Permission, read: (organizationId: string) => Promise<T>) =>
    can(user.role, permission) ? read(organization.id) : undefined;
  const [brokenPlaces, streams, failedSignIns, keys, invitations, scans] = await Promise.all([
    ask('audit_log.verify', listBrokenPlaces),
    ask('siem.read', listStreams),
    ask('audit_log.read', countFailedSignIns),
    ask('api_keys.manage', listExpiringKeys),
    ask('members.manage', countOpenInvitations),
    ask('scans.read', listScanResults),
  ]);
  return { brokenPlaces, streams, failedSignIns, keys, invitations, scans };
}
