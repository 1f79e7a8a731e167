import { MemberFilterForm } from '@/components/members/member-filter';
import { MemberList } from '@/components/members/member-list';
import type { Actor } from '@/lib/auth/actor';
import { timeZone } from '@/lib/auth/preferences';
import { countMembers, listMembers, memberCountLimit } from '@/lib/members/list-members';
import { parseMemberSearch, type SearchParams } from '@/lib/members/search';

const pageSize = 50;

/** Everybody who belongs to the organization, as far as the search asks for them. */
export async function MembersTab({ actor, search }: { actor: Actor; search: SearchParams }) {
  const { id } = actor.organization;
  const asked = parseMemberSearch(search);
  const [page, total, zone] = await Promise.all([
    listMembers(id, asked, { size: pageSize }),
    countMembers(id, asked.filter),
    timeZone(),
  ]);
  const limit = memberCountLimit.toLocaleString('en');
  return (
    <>
      <MemberFilterForm filter={asked.filter} />
      <MemberList
        page={page}
        total={total > memberCountLimit ? `${limit}+` : total.toLocaleString('en')}
        filter={asked.filter}
        zone={zone}
        selfId={actor.user.id}
      />
    </>
  );
}
