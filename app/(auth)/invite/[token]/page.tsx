import type { Metadata } from 'next';
import { AcceptForm } from '@/components/auth/accept-form';
import { ClosedInvitation } from '@/components/auth/closed-invitation';
import { InvitationOffer } from '@/components/auth/invitation-offer';
import { SignedInAsAnother } from '@/components/auth/signed-in-as-another';
import { AuthShell } from '@/components/layout/auth-shell';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { currentActor } from '@/lib/auth/actor';
import { answerWith } from '@/lib/http-status';
import { getInvitationByToken, passwordIsUseless } from '@/lib/members/invitations/received-invitation';
import { acceptInvitationAction, leaveForInvitationAction } from './actions';

export const metadata: Metadata = { title: 'Invitation' };

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const [invitation, actor] = await Promise.all([getInvitationByToken(token), currentActor()]);
  if (invitation?.state !== 'pending') {
    // A link that was good once is gone; one that never was is not found.
    answerWith(invitation ? 410 : 404);
    return <ClosedInvitation state={invitation?.state ?? 'unknown'} />;
  }
  const { organization, email, emailSignIn } = invitation;
  return (
    <AuthShell title={`Join ${organization.name}`} description={<InvitationOffer invitation={invitation} />}>
      {actor ? (
        <SignedInAsAnother actor={actor} email={email} token={token} action={leaveForInvitationAction} />
      ) : passwordIsUseless(invitation) ? (
        <Notice tone="info" title={`${organization.name} does not use passwords`}>
          <p className="mb-3">
            Sign in through its identity provider with this address; that makes your account.
          </p>
          <Button href={`/login/${organization.slug}`} prefetch={false} variant="primary">
            Sign in to {organization.name}
          </Button>
        </Notice>
      ) : (
        <AcceptForm
          action={acceptInvitationAction}
          token={token}
          email={email}
          passwordNote={
            emailSignIn ? undefined : 'Only admins sign in with a password here, when the provider fails.'
          }
        />
      )}
    </AuthShell>
  );
}
