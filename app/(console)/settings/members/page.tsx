import { UserPlus } from 'lucide-react';
import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { invitationsHref, invitePath, membersPath } from '@/components/members/paths';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { TabLinks } from '@/components/ui/tab-links';
import { requirePermission } from '@/lib/auth/actor';
import { countOpen } from '@/lib/members/invitations/list-invitations';
import type { SearchParams } from '@/lib/members/search';
import { InvitationsTab } from './invitations-tab';
import { MembersTab } from './members-tab';

export const metadata: Metadata = { title: 'Members' };

type PageProps = { searchParams: Promise<SearchParams> };

export default servedPage(async function MembersPage({ searchParams }: PageProps) {
  const actor = await requirePermission('members.manage');
  const [search, open] = await Promise.all([searchParams, countOpen(actor.organization.id)]);
  const onInvitations = search.tab === 'invitations';

  return (
    <>
      <PageHeader
        title="Members"
        description={`Who may sign in to ${actor.organization.name}, and as what.`}
        actions={
          <Button href={invitePath} variant="primary" icon={<UserPlus />}>
            Invite people
          </Button>
        }
      />
      <div className="grid gap-4">
        <TabLinks
          label="Members and invitations"
          tabs={[
            { href: membersPath, label: 'Members', current: !onInvitations },
            { href: invitationsHref(), label: 'Invitations', count: open.pending, current: onInvitations },
          ]}
        />
        {onInvitations ? (
          <InvitationsTab actor={actor} search={search} counts={open} />
        ) : (
          <MembersTab actor={actor} search={search} />
        )}
      </div>
    </>
  );
});
