import { ScrollText } from 'lucide-react';
import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { AccessCard } from '@/components/members/access-card';
import { activityHref } from '@/components/members/activity-href';
import { MemberNotice } from '@/components/members/member-notice';
import { MemberProfile } from '@/components/members/member-profile';
import { RoleCard } from '@/components/members/role-card';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { timeZone } from '@/lib/auth/preferences';
import type { SearchParams } from '@/lib/members/search';
import { changeRoleAction, reactivateMemberAction } from '../actions';
import { loadMember } from '../load';

export const metadata: Metadata = { title: 'Member' };

type PageProps = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export default servedPage(async function MemberPage({ params, searchParams }: PageProps) {
  const { member, self } = await loadMember(params);
  const [{ done }, zone] = await Promise.all([searchParams, timeZone()]);

  return (
    <>
      <PageHeader
        title={self ? `${member.name} (you)` : member.name}
        actions={
          <>
            {self && <Button href="/account">Your account</Button>}
            <Button href={activityHref(member.email)} icon={<ScrollText />}>
              View activity
            </Button>
          </>
        }
      />
      <div className="grid max-w-190 gap-4">
        <MemberNotice done={done} member={member} />
        <MemberProfile member={member} zone={zone} />
        <RoleCard member={member} self={self} action={changeRoleAction} />
        {!self && <AccessCard member={member} reactivate={reactivateMemberAction} />}
      </div>
    </>
  );
});
