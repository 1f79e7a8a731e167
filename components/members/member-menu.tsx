import { CircleUser, Ellipsis, LogOut, ScrollText, UserCheck, UserCog, UserX } from 'lucide-react';
import { activityHref } from '@/components/members/activity-href';
import { memberHref } from '@/components/members/paths';
import { Menu } from '@/components/ui/menu';
import { MenuLink } from '@/components/ui/menu-link';
import type { Member } from '@/lib/members/list-members';

/** What can be done about a member, each on a page of its own. */
export function MemberMenu({ member, self }: { member: Member; self: boolean }) {
  const { id, name, email, status } = member;
  const page = memberHref(id);
  return (
    <Menu size="icon" variant="ghost" icon={<Ellipsis />} label={`Actions for ${name}`}>
      <MenuLink href={activityHref(email)} icon={<ScrollText />}>
        View activity
      </MenuLink>
      {self ? (
        <MenuLink href="/account" icon={<CircleUser />}>
          Your account
        </MenuLink>
      ) : (
        <>
          <MenuLink href={page} icon={<UserCog />}>
            Change role
          </MenuLink>
          {status === 'active' ? (
            <>
              <MenuLink href={`${page}/sign-out`} icon={<LogOut />}>
                Sign out everywhere
              </MenuLink>
              <MenuLink href={`${page}/deactivate`} icon={<UserX />}>
                Deactivate
              </MenuLink>
            </>
          ) : (
            <MenuLink href={page} icon={<UserCheck />}>
              Reactivate
            </MenuLink>
          )}
        </>
      )}
    </Menu>
  );
}
