import { UserRoundCheck } from 'lucide-react';
import { dependentsSentence } from '@/components/authentication/dependents';
import { MethodCard } from '@/components/authentication/method-card';
import { MethodSwitch, type SwitchAction } from '@/components/authentication/method-switch';
import { Code } from '@/components/ui/code';
import { Notice } from '@/components/ui/notice';
import type { AuthenticationSettings } from '@/lib/authentication/settings';

type GoogleCardProps = {
  settings: AuthenticationSettings;
  actions: { enable: SwitchAction; disable: SwitchAction };
};

/** Signing in with Google: one client for the installation, one switch for each organization. */
export function GoogleCard({ settings, actions }: GoogleCardProps) {
  const { enabled, configured, dependents } = settings.google;
  return (
    <MethodCard
      id="google"
      icon={<UserRoundCheck />}
      title="Google"
      description="For people who are invited, and for members who connect their Google account."
      enabled={enabled && configured}
      {...(!configured && { state: 'Not available' })}
    >
      {!configured && (
        <Notice tone="info" title="Managed by configuration">
          Whoever runs this installation registers it with Google and sets <Code>GOOGLE_CLIENT_ID</Code> and{' '}
          <Code>GOOGLE_CLIENT_SECRET</Code>.
        </Notice>
      )}
      {enabled && (
        <MethodSwitch
          action={actions.disable}
          method="google"
          label="Disable Google sign-in"
          pendingLabel="Disabling…"
          consequence={
            <>
              Everybody who signed in with Google is signed out, but you.{' '}
              {dependentsSentence(dependents, settings.activePeople)} Connected accounts stay connected.
            </>
          }
        />
      )}
      {!enabled && configured && (
        <MethodSwitch
          action={actions.enable}
          method="google"
          label="Enable Google sign-in"
          pendingLabel="Enabling…"
        />
      )}
    </MethodCard>
  );
}
