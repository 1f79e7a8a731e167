import { Notice } from '@/components/ui/notice';
import type { MemberDetail } from '@/lib/members/get-member';
import { roleName } from '@/lib/members/role-name';

/** What the form that led here has done. The address names only a kind; the words say how things stand now. */
export function MemberNotice({ done, member }: { done: unknown; member: MemberDetail }) {
  const { name, role, status } = member;
  if (done === 'role') {
    return (
      <Notice tone="ok" announce title={`${name} is ${roleName(role)} now.`}>
        It holds from their next request.
      </Notice>
    );
  }
  if (done === 'deactivated' && status === 'deactivated') {
    return (
      <Notice tone="ok" announce title={`${name} is deactivated.`}>
        Their sessions have ended and their API keys are revoked. What they did stays in the audit log.
      </Notice>
    );
  }
  if (done === 'reactivated' && status === 'active') {
    return (
      <Notice tone="ok" announce title={`${name} is active again, as ${roleName(role)}.`}>
        They can sign in at once. API keys that were revoked stay revoked.
      </Notice>
    );
  }
  if (done === 'signed-out') {
    return (
      <Notice tone="ok" announce title={`${name} was signed out everywhere.`}>
        Every session has ended. They can sign in again.
      </Notice>
    );
  }
  return null;
}
