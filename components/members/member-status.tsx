import { Status } from '@/components/ui/status';
import type { MemberStatus } from '@/lib/members/search';

export function MemberStatusWord({ status }: { status: MemberStatus }) {
  return status === 'active' ? (
    <Status tone="ok">Active</Status>
  ) : (
    <Status tone="neutral">Deactivated</Status>
  );
}
