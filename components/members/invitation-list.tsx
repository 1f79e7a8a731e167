import { Mail } from 'lucide-react';
import { InvitationTable } from '@/components/members/invitation-table';
import { stateWords } from '@/components/members/invitation-words';
import { invitationsHref, invitePath } from '@/components/members/paths';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Pagination } from '@/components/ui/pagination';
import { TabLinks } from '@/components/ui/tab-links';
import type { InvitationPage } from '@/lib/members/invitations/list-invitations';
import { type InvitationState, invitationStates } from '@/lib/members/invitations/state';

const nothing: Record<InvitationState, { title: string; text: string }> = {
  pending: { title: 'No pending invitations', text: 'Who is invited stands here until they accept.' },
  expired: {
    title: 'No expired invitations',
    text: 'A link works for 72 hours; after that it can be made anew.',
  },
  accepted: {
    title: 'No accepted invitations',
    text: 'Who accepted an invitation stands here, and under Members.',
  },
  revoked: { title: 'No revoked invitations', text: 'Invitations that were taken back stand here.' },
};

type InvitationListProps = {
  state: InvitationState;
  page: InvitationPage;
  counts: { pending: number; expired: number };
  zone: string;
  /** Whether this is a page after the first. */
  continued: boolean;
};

export function InvitationList({ state, page, counts, zone, continued }: InvitationListProps) {
  const { rows, next } = page;
  const tabs = invitationStates.map((value) => ({
    href: invitationsHref(value),
    label: stateWords[value],
    count: value === 'pending' || value === 'expired' ? counts[value] : undefined,
    current: value === state,
  }));
  return (
    <Card aria-label="Invitations">
      <div className="px-4.5 pt-1.5">
        <TabLinks label="Invitations by state" tabs={tabs} bare />
      </div>
      {rows.length === 0 ? (
        <EmptyState
          icon={<Mail />}
          title={nothing[state].title}
          action={state === 'pending' && <Button href={invitePath}>Invite people</Button>}
        >
          {nothing[state].text}
        </EmptyState>
      ) : (
        <InvitationTable rows={rows} zone={zone} end={state === 'pending' ? 'Expires' : stateWords[state]} />
      )}
      {(next || continued) && (
        <Pagination
          label="Pages of invitations"
          newestHref={continued ? invitationsHref(state) : undefined}
          olderHref={next && invitationsHref(state, next)}
        />
      )}
    </Card>
  );
}
