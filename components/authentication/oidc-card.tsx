import { Fingerprint, FlaskConical, Pencil, Trash2 } from 'lucide-react';
import { dependentsSentence } from '@/components/authentication/dependents';
import { MethodCard } from '@/components/authentication/method-card';
import { MethodSwitch, type SwitchAction } from '@/components/authentication/method-switch';
import { testHref } from '@/components/authentication/test-href';
import { Button } from '@/components/ui/button';
import { Code } from '@/components/ui/code';
import { Notice } from '@/components/ui/notice';
import type { AuthenticationSettings, OidcConnection } from '@/lib/authentication/settings';

const path = '/settings/authentication/oidc';

type OidcCardProps = {
  settings: AuthenticationSettings;
  actions: { enable: SwitchAction; disable: SwitchAction };
};

/** Signing in through the organization's own OpenID provider. */
export function OidcCard({ settings, actions }: OidcCardProps) {
  const { connection, dependents } = settings.oidc;
  if (!connection) {
    return (
      <MethodCard
        id="oidc"
        icon={<Fingerprint />}
        title="OpenID Connect"
        description="Single sign-on through your own identity provider, such as Okta, Auth0 or Keycloak."
        state="Not configured"
        enabled={false}
      >
        <div>
          <Button href={path}>Configure OpenID Connect</Button>
        </div>
      </MethodCard>
    );
  }
  return (
    <MethodCard
      id="oidc"
      icon={<Fingerprint />}
      title="OpenID Connect"
      description={
        <>
          {connection.name} · <Code>{connection.issuer}</Code>
        </>
      }
      enabled={connection.enabled}
    >
      <Untested connection={connection} />
      <div className="flex flex-wrap gap-2.5">
        {!connection.enabled && connection.tested && (
          <MethodSwitch
            action={actions.enable}
            method="oidc"
            label="Enable OIDC sign-in"
            pendingLabel="Enabling…"
          />
        )}
        <Button href={testHref(connection)} icon={<FlaskConical />}>
          Test sign-in
        </Button>
        <Button href={path} icon={<Pencil />}>
          Edit settings
        </Button>
        <Button href={`${path}/delete`} variant="ghost-danger" icon={<Trash2 />}>
          Delete
        </Button>
      </div>
      {connection.enabled && (
        <MethodSwitch
          action={actions.disable}
          method="oidc"
          label="Disable OIDC sign-in"
          pendingLabel="Disabling…"
          consequence={
            <>
              Everybody who signed in through {connection.name} is signed out, but you.{' '}
              {dependentsSentence(dependents, settings.activePeople)} Its settings and connected accounts
              stay.
            </>
          }
        />
      )}
    </MethodCard>
  );
}

function Untested({ connection: { enabled, tested } }: { connection: OidcConnection }) {
  if (tested) return null;
  return enabled ? (
    <Notice tone="warn" title="Nobody has tested the present settings">
      They changed after the last test sign-in. Test them before your members do.
    </Notice>
  ) : (
    <Notice tone="info" title="Test sign-in first">
      You go to the provider and come back; nothing changes but what this page knows. Then it can be enabled.
    </Notice>
  );
}
