import { later, minuteMs } from '@/prisma/demo/calendar';
import { asOf, type Person } from '@/prisma/demo/cast';
import type { World } from '@/prisma/demo/world';

/** The organization's own identity provider, as it stands in the end. */
export const provider = {
  name: 'Acme SSO',
  issuer: 'https://login.acme.example',
  clientId: 'tracekeep-prod',
};

/** Google, tried and given up; an identity provider, set up twice and switched off for now; a morning without passwords. */
export function tellSignInMethods(world: World, { connectionId }: { connectionId: string }): void {
  const { cast, plot, random, timeline, presence } = world;
  const { alice, daniel, grace, jonas, priya } = cast;
  const target = (method: 'email' | 'google') => ({
    targets: [
      { type: 'authentication_method' as const, id: method, name: method === 'email' ? 'E-mail' : 'Google' },
    ],
    metadata: {},
  });
  const oidc = (id: string) => ({
    targets: [{ type: 'identity_provider' as const, id, name: provider.name }],
  });
  const first = oidc(random.uuid());
  const second = oidc(connectionId);
  const settings = { issuer: provider.issuer, client_id: provider.clientId };

  const by = (person: Person, time: Date) => presence.act(person, time);
  timeline.add({
    ...by(alice, plot.googleEnabled),
    ...target('google'),
    action: 'organization.auth.google.enable',
  });
  timeline.add({
    ...by(alice, plot.googleDisabled),
    ...target('google'),
    action: 'organization.auth.google.disable',
  });
  timeline.add({
    ...by(alice, plot.oidcMistyped),
    ...first,
    action: 'organization.auth.oidc.configure',
    metadata: { issuer: 'https://login.acme.example/realms/test', client_id: 'tracekeep-test' },
  });
  timeline.add({
    ...by(alice, plot.oidcDeleted),
    ...first,
    action: 'organization.auth.oidc.delete',
    metadata: {},
  });
  timeline.add({
    ...by(alice, plot.oidcConfigured),
    ...second,
    action: 'organization.auth.oidc.configure',
    metadata: settings,
  });
  timeline.add({
    ...by(alice, plot.oidcUpdated),
    ...second,
    action: 'organization.auth.oidc.update',
    changes: [{ field: 'allowed_domains', to: 'acme.example' }, { field: 'client_secret' }],
    metadata: { fields: ['allowed_domains', 'client_secret'] },
  });
  timeline.add({
    ...by(alice, plot.oidcEnabled),
    ...second,
    action: 'organization.auth.oidc.enable',
    metadata: {},
  });
  timeline.add({
    ...by(daniel, plot.oidcDisabled),
    ...second,
    action: 'organization.auth.oidc.disable',
    metadata: {},
  });
  timeline.add({
    ...by(alice, plot.emailDisabled),
    ...target('email'),
    action: 'organization.auth.email.disable',
  });
  timeline.add({
    ...by(alice, plot.emailEnabled),
    ...target('email'),
    action: 'organization.auth.email.enable',
  });

  const identity = (person: Person, time: Date, change: 'link' | 'unlink', method: 'google' | 'oidc') =>
    timeline.add({
      ...by(person, time),
      action: `user.identity.${change}`,
      targets: [{ type: 'user', id: person.id, name: asOf(person, time).name }],
      metadata: { method, issuer: method === 'oidc' ? provider.issuer : 'https://accounts.google.com' },
    });
  identity(grace, plot.graceLinked, 'link', 'google');
  identity(grace, plot.graceUnlinked, 'unlink', 'google');
  identity(priya, plot.oidcLinked, 'link', 'oidc');
  identity(jonas, later(plot.oidcLinked, 9 * minuteMs + 4_410), 'link', 'oidc');
  tellRefusals(world);
}

/** People whom a provider names but who are not let in, each for a reason of its own. */
function tellRefusals({ cast, plot, timeline }: World): void {
  const refuse = (
    time: Date,
    name: string,
    method: 'google' | 'oidc',
    reason:
      | 'domain_not_allowed'
      | 'email_not_verified'
      | 'unknown_identity'
      | 'provider_refused'
      | 'method_disabled',
    person?: Person,
  ) =>
    timeline.add({
      time,
      action: 'user.login_failed',
      outcome: 'failure',
      actor: { type: 'anonymous' },
      context: {
        ip: person?.devices[0]?.ip ?? '198.51.100.77',
        user_agent: person?.devices[0]?.userAgent ?? cast.ben.devices[0]?.userAgent,
        origin: 'console',
      },
      targets: [{ type: 'user', id: person?.id, name }],
      metadata: { method, reason },
    });
  refuse(later(plot.googleEnabled, 95 * minuteMs), 'grace.kim@mail.example', 'google', 'unknown_identity');
  refuse(later(plot.oidcEnabled, 31 * minuteMs), 'k.brandt@supplier.example', 'oidc', 'domain_not_allowed');
  refuse(later(plot.oidcEnabled, 205 * minuteMs), 'new.hire@acme.example', 'oidc', 'email_not_verified');
  refuse(later(plot.oidcEnabled, 3_020 * minuteMs), 'k.brandt@supplier.example', 'oidc', 'provider_refused');
  const { noor } = cast;
  for (const minutes of [34, 36, 1_060]) {
    refuse(
      later(plot.oidcDisabled, minutes * minuteMs + 7_301),
      asOf(noor, plot.oidcDisabled).name,
      'oidc',
      'method_disabled',
      noor,
    );
  }
}
