import { settingChanges } from '@/lib/authentication/setting-changes';
import { later, minuteMs } from '@/prisma/demo/calendar';
import { asOf, type Person } from '@/prisma/demo/cast';
import { mistypedProvider, openProvider, provider } from '@/prisma/demo/identity-provider';
import type { World } from '@/prisma/demo/world';

/** Google, tried and given up; an identity provider, set up twice and switched off for now; a morning without passwords. */
export function tellSignInMethods(world: World, { connectionId }: { connectionId: string }): void {
  const { random, cast, plot } = world;
  tellSwitch(world, plot.googleEnabled, 'google.enable');
  tellSwitch(world, plot.googleDisabled, 'google.disable');
  tellSwitch(world, plot.emailDisabled, 'email.disable');
  tellSwitch(world, plot.emailEnabled, 'email.enable');

  const firstId = random.uuid();
  tellConfiguration(world, plot.oidcMistyped, firstId, mistypedProvider);
  tellTest(world, later(plot.oidcMistyped, 4 * minuteMs + 2_660), firstId, 'failure');
  tellProvider(world, plot.oidcDeleted, firstId, 'delete');
  tellConfiguration(world, plot.oidcConfigured, connectionId, openProvider);
  tellUpdate(world, plot.oidcUpdated, connectionId);
  tellTest(world, later(plot.oidcEnabled, -2 * minuteMs - 31_087), connectionId, 'success');
  tellProvider(world, plot.oidcEnabled, connectionId, 'enable');
  tellProvider(world, plot.oidcDisabled, connectionId, 'disable');

  tellIdentity(world, plot.graceLinked, cast.grace, 'link', 'google');
  tellIdentity(world, plot.graceUnlinked, cast.grace, 'unlink', 'google');
  tellIdentity(world, plot.oidcLinked, cast.priya, 'link', 'oidc');
  tellIdentity(world, later(plot.oidcLinked, 9 * minuteMs + 4_410), cast.jonas, 'link', 'oidc');
}

const enabled = (to: boolean) => [{ field: 'enabled', from: String(!to), to: String(to) }];

function tellSwitch(
  { cast, timeline, presence }: World,
  time: Date,
  change: 'google.enable' | 'google.disable' | 'email.enable' | 'email.disable',
): void {
  const google = change.startsWith('google');
  const method = google ? { id: 'google', name: 'Google' } : { id: 'email', name: 'E-mail and password' };
  timeline.add({
    ...presence.act(cast.alice, time),
    action: `organization.auth.${change}`,
    targets: [{ type: 'authentication_method', ...method }],
    changes: enabled(change.endsWith('enable')),
    metadata: {},
  });
}

const connection = (id: string) => [{ type: 'identity_provider' as const, id, name: provider.name }];

function tellConfiguration(
  { cast, timeline, presence }: World,
  time: Date,
  id: string,
  settings: typeof openProvider,
): void {
  timeline.add({
    ...presence.act(cast.alice, time),
    action: 'organization.auth.oidc.configure',
    targets: connection(id),
    changes: settingChanges(undefined, settings, { secret: true }),
    metadata: { issuer: settings.issuer, client_id: settings.clientId },
  });
}

function tellUpdate({ cast, timeline, presence }: World, time: Date, id: string): void {
  const changes = settingChanges(openProvider, provider, { secret: true });
  timeline.add({
    ...presence.act(cast.alice, time),
    action: 'organization.auth.oidc.update',
    targets: connection(id),
    changes,
    metadata: { fields: changes.map(({ field }) => field) },
  });
}

function tellTest(
  { cast, timeline, presence }: World,
  time: Date,
  id: string,
  outcome: 'success' | 'failure',
): void {
  timeline.add({
    ...presence.act(cast.alice, time),
    action: 'organization.auth.oidc.test',
    outcome,
    targets: connection(id),
    metadata: {},
  });
}

function tellProvider(
  { cast, timeline, presence }: World,
  time: Date,
  id: string,
  change: 'enable' | 'disable' | 'delete',
): void {
  timeline.add({
    ...presence.act(change === 'disable' ? cast.daniel : cast.alice, time),
    action: `organization.auth.oidc.${change}`,
    targets: connection(id),
    changes: change === 'delete' ? [] : enabled(change === 'enable'),
    metadata: {},
  });
}

function tellIdentity(
  { timeline, presence }: World,
  time: Date,
  person: Person,
  change: 'link' | 'unlink',
  method: 'google' | 'oidc',
): void {
  timeline.add({
    ...presence.act(person, time),
    action: `user.identity.${change}`,
    targets: [{ type: 'user', id: person.id, name: asOf(person, time).name }],
    metadata: { method, issuer: method === 'oidc' ? provider.issuer : 'https://accounts.google.com' },
  });
}
