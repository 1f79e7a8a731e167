import { Clock, UserCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { Status, type Tone } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { Invitation } from '@/lib/members/invitations/list-invitations';
import type { InvitationState } from '@/lib/members/invitations/state';

export const stateWords: Record<InvitationState, string> = {
  pending: 'Pending',
  expired: 'Expired',
  accepted: 'Accepted',
  revoked: 'Revoked',
};

const signs: Record<InvitationState, { tone: Tone; icon?: ReactNode }> = {
  pending: { tone: 'neutral', icon: <Clock /> },
  expired: { tone: 'warn' },
  accepted: { tone: 'ok', icon: <UserCheck /> },
  revoked: { tone: 'bad' },
};

export function InvitationStateWord({ state }: { state: InvitationState }) {
  const { tone, icon } = signs[state];
  return (
    <Status tone={tone} icon={icon}>
      {stateWords[state]}
    </Status>
  );
}

/** When the present link was mailed, or that it was not. */
export function SentAt({ invitation, zone }: { invitation: Invitation; zone: string }) {
  return invitation.sentAt ? (
    <Time value={invitation.sentAt} zone={zone} precision="minute" />
  ) : (
    'Not by mail'
  );
}

/** What ended an invitation, or will end it: a heading and an instant. */
export function endOf({ state, expiresAt, acceptedAt, revokedAt }: Invitation): { word: string; at: Date } {
  if (acceptedAt) return { word: 'Accepted', at: acceptedAt };
  if (revokedAt) return { word: 'Revoked', at: revokedAt };
  return { word: state === 'expired' ? 'Expired' : 'Expires', at: expiresAt };
}
