import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { InviteForm } from '@/components/members/invite-form';
import { MailBanner } from '@/components/members/mail-banner';
import { RoleGuide, RoleOptions } from '@/components/members/role-words';
import { Card, CardBody } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { requireConfirmed } from '@/lib/auth/confirmed';
import { isMailConfigured } from '@/lib/mail/transport';
import { inviteAction } from '../invitations/actions';

export const metadata: Metadata = { title: 'Invite people' };

export default servedPage(async function InvitePage() {
  const { organization } = await requireConfirmed('members.manage');
  const byMail = isMailConfigured();
  return (
    <>
      <PageHeader
        title="Invite people"
        description={`To join ${organization.name}. Each gets a link that works once, for 72 hours.`}
      />
      <div className="grid gap-4">
        {!byMail && <MailBanner />}
        <Card className="max-w-190" aria-label="Invitations">
          <CardBody>
            <InviteForm
              action={inviteAction}
              byMail={byMail}
              roles={{ options: <RoleOptions />, guide: <RoleGuide /> }}
            />
          </CardBody>
        </Card>
      </div>
    </>
  );
});
