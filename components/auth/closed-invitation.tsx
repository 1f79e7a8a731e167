import { AuthShell } from '@/components/layout/auth-shell';
import { Button } from '@/components/ui/button';
import type { InvitationState } from '@/lib/members/invitations/state';

type ClosedState = Exclude<InvitationState, 'pending'> | 'unknown';

const ask = 'Ask the person who invited you for a new one.';
const words: Record<ClosedState, { title: string; text: string }> = {
  expired: {
    title: 'This invitation has expired',
    text: `A link works for 72 hours. ${ask}`,
  },
  revoked: {
    title: 'This invitation was taken back',
    text: 'An admin revoked it, or a newer one has replaced it. Look for a newer mail, or ask the person who invited you.',
  },
  accepted: {
    title: 'This invitation was used',
    text: 'It made an account, and works only once. If it was you, sign in; if not, tell the person who invited you.',
  },
  unknown: {
    title: 'This link does not work',
    text: `It is incomplete, or a newer one has replaced it. Copy the whole address from the newest mail. ${ask}`,
  },
};

/** A link that leads nowhere any more: why, and what to do. Names neither the organization nor the person. */
export function ClosedInvitation({ state }: { state: ClosedState }) {
  const { title, text } = words[state];
  return (
    <AuthShell title={title} description={text}>
      <Button href="/login" variant={state === 'accepted' ? 'primary' : 'secondary'}>
        Go to sign-in
      </Button>
    </AuthShell>
  );
}
