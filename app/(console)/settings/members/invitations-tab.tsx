import { z } from 'zod';
import { InvitationList } from '@/components/members/invitation-list';
import { MailBanner } from '@/components/members/mail-banner';
import { Notice } from '@/components/ui/notice';
import type { Actor } from '@/lib/auth/actor';
import { timeZone } from '@/lib/auth/preferences';
import { isMailConfigured } from '@/lib/mail/transport';
import { listInvitations } from '@/lib/members/invitations/list-invitations';
import { invitationStates } from '@/lib/members/invitations/state';
import type { SearchParams } from '@/lib/members/search';

const pageSize = 50;

const searchSchema = z.object({
  state: z.enum(invitationStates).catch('pending'),
  after: z.uuid().optional().catch(undefined),
});

type InvitationsTabProps = {
  actor: Actor;
  search: SearchParams;
  counts: { pending: number; expired: number };
};

/** The organization's invitations, one state at a time. */
export async function InvitationsTab({ actor, search, counts }: InvitationsTabProps) {
  const { state, after } = searchSchema.parse(search);
  const [page, zone] = await Promise.all([
    listInvitations(actor.organization.id, state, { size: pageSize, after }),
    timeZone(),
  ]);
  return (
    <>
      {search.done === 'revoked' && (
        <Notice tone="ok" announce title="The invitation was revoked.">
          Its link does not work any more.
        </Notice>
      )}
      {!isMailConfigured() && <MailBanner />}
      <InvitationList state={state} page={page} counts={counts} zone={zone} continued={after !== undefined} />
    </>
  );
}
