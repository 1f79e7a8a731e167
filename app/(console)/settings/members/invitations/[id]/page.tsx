import { MailX } from 'lucide-react';
import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { InvitationProfile } from '@/components/members/invitation-profile';
import { MailBanner } from '@/components/members/mail-banner';
import { invitationHref } from '@/components/members/paths';
import { RenewForm } from '@/components/members/renew-form';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { timeZone } from '@/lib/auth/preferences';
import { isMailConfigured } from '@/lib/mail/transport';
import { loadInvitation } from '../../load';
import { renewInvitationAction } from '../actions';

export const metadata: Metadata = { title: 'Invitation' };

export default servedPage(async function InvitationPage({ params }: { params: Promise<{ id: string }> }) {
  const [invitation, zone] = await Promise.all([loadInvitation(params), timeZone()]);
  const { id, email, state } = invitation;
  const open = state === 'pending' || state === 'expired';
  const byMail = isMailConfigured();

  return (
    <>
      <PageHeader
        title={<span className="[overflow-wrap:anywhere]">{email}</span>}
        description="An invitation and its link. The link itself is stored nowhere, so it cannot be shown again."
        actions={
          open && (
            <Button href={`${invitationHref(id)}/revoke`} variant="ghost-danger" icon={<MailX />}>
              Revoke
            </Button>
          )
        }
      />
      <div className="grid max-w-190 gap-4">
        {open && !byMail && <MailBanner />}
        <InvitationProfile invitation={invitation} zone={zone} />
        {open && (
          <Card aria-labelledby="link">
            <CardHeader
              titleId="link"
              title="A new link"
              description="Either way the earlier link stops working, and the new one works for 72 hours."
            />
            <CardBody>
              <RenewForm action={renewInvitationAction} id={id} byMail={byMail} />
            </CardBody>
          </Card>
        )}
      </div>
    </>
  );
});
