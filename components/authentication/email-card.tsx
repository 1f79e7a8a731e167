import { Mail } from 'lucide-react';
import { dependentsSentence } from '@/components/authentication/dependents';
import { MethodCard } from '@/components/authentication/method-card';
import { MethodSwitch, type SwitchAction } from '@/components/authentication/method-switch';
import type { AuthenticationSettings } from '@/lib/authentication/settings';

type EmailCardProps = {
  settings: AuthenticationSettings;
  actions: { enable: SwitchAction; disable: SwitchAction };
};

/** Signing in with a password. Off means: for admins only, so that somebody can still put things right. */
export function EmailCard({ settings, actions }: EmailCardProps) {
  const { enabled, dependents } = settings.email;
  return (
    <MethodCard
      id="email"
      icon={<Mail />}
      title="E-mail and password"
      description="With an address and a password of at least 12 characters."
      state={enabled ? 'On' : 'Admins only'}
      enabled={enabled}
    >
      {enabled ? (
        <MethodSwitch
          action={actions.disable}
          method="email"
          label="Disable e-mail sign-in"
          pendingLabel="Disabling…"
          consequence={
            <>
              Admins can still sign in with a password, so that somebody can put things right when the
              identity provider fails. Everybody else who signed in with one is signed out.{' '}
              {dependentsSentence(dependents, settings.activePeople)}
            </>
          }
        />
      ) : (
        <>
          <p className="text-muted">
            Only admins can sign in with a password, so that somebody can put things right when the identity
            provider fails.
          </p>
          <MethodSwitch
            action={actions.enable}
            method="email"
            label="Enable e-mail sign-in"
            pendingLabel="Enabling…"
          />
        </>
      )}
    </MethodCard>
  );
}
