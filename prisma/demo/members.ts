import { hourMs, later, minuteMs } from '@/prisma/demo/calendar';
import { asOf, type Person } from '@/prisma/demo/cast';
import { type DemoInvitation, tellArrival, tellOpenInvitations } from '@/prisma/demo/invitations';
import type { World } from '@/prisma/demo/world';

/** How people came, changed and went. Returns the invitations: accepted, waiting, expired and revoked ones. */
export function tellMembers(world: World): DemoInvitation[] {
  const { cast, plot, presence } = world;
  const { daniel, lars, jonas, tomas, noor } = cast;
  tellFoundation(world);
  const invited = Object.values(cast).filter(({ joined }) => joined.via === 'invitation');
  const accepted = invited.map((person) => tellArrival(world, person));
  tellProviderArrival(world, noor);
  tellNewName(world, cast.chloe);

  tellRole(world, daniel, plot.danielPromoted);
  tellRole(world, lars, plot.larsPromoted);
  tellRole(world, jonas, plot.jonasPromoted);

  tellDeactivation(world, tomas, plot.tomasDeactivated, { sessions_ended: 0, api_keys_revoked: 0 });
  tellReactivation(world, tomas, plot.tomasReactivated);

  presence.signIn(lars, later(plot.larsDemoted, -15 * minuteMs), later(plot.larsDeactivated, -minuteMs), {
    method: 'email',
    closed: false,
  });
  tellRole(world, lars, plot.larsDemoted);
  tellDeactivation(world, lars, plot.larsDeactivated, { sessions_ended: 1, api_keys_revoked: 1 });
  tellLaterAttempts(world, lars);
  return [...accepted, ...tellOpenInvitations(world)];
}

function tellFoundation({ cast: { alice }, plot, timeline, presence }: World): void {
  timeline.add({
    time: plot.founded,
    action: 'user.create',
    actor: { type: 'system', name: 'Set-up' },
    context: { origin: 'system' },
    targets: [{ type: 'user', id: alice.id, name: asOf(alice, plot.founded).name }],
    metadata: { role: 'admin', via: 'setup' },
  });
  presence.signIn(alice, later(plot.founded, 640), later(plot.founded, 4 * hourMs), { closed: false });
}

/** Somebody whom the identity provider named for the first time. */
function tellProviderArrival({ timeline, presence }: World, person: Person): void {
  const { at } = person.joined;
  const { name, role } = asOf(person, at);
  const [device] = person.devices;
  timeline.add({
    time: at,
    action: 'user.create',
    actor: { type: 'user', id: person.id, name, email: person.email, role },
    context: { ip: device?.ip, user_agent: device?.userAgent, origin: 'console' },
    targets: [{ type: 'user', id: person.id, name }],
    metadata: { role, via: 'oidc' },
  });
  presence.signIn(person, later(at, 12), later(at, 25 * minuteMs), { closed: false });
}

function tellNewName({ plot, timeline, presence }: World, person: Person): void {
  const time = plot.chloeRenamed;
  const [before, name] = [asOf(person, person.joined.at).name, asOf(person, time).name];
  const source = presence.act(person, time);
  timeline.add({
    ...source,
    // The name that the change replaces.
    actor: { ...source.actor, name: before },
    action: 'user.update_name',
    targets: [{ type: 'user', id: person.id, name }],
    changes: [{ field: 'name', from: before, to: name }],
    metadata: {},
  });
}

function tellRole({ cast, timeline, presence }: World, person: Person, time: Date): void {
  const from = asOf(person, later(time, -1)).role;
  const { name, role: to } = asOf(person, time);
  timeline.add({
    ...presence.act(cast.alice, time),
    action: 'user.update_role',
    targets: [{ type: 'user', id: person.id, name }],
    changes: [{ field: 'role', from, to }],
    metadata: { from, to },
  });
}

function tellDeactivation(
  { cast, timeline, presence }: World,
  person: Person,
  time: Date,
  metadata: { sessions_ended: number; api_keys_revoked: number },
): void {
  timeline.add({
    ...presence.act(cast.alice, time),
    action: 'user.deactivate',
    targets: [{ type: 'user', id: person.id, name: asOf(person, time).name }],
    changes: [{ field: 'status', from: 'active', to: 'deactivated' }],
    metadata,
  });
}

function tellReactivation({ cast, timeline, presence }: World, person: Person, time: Date): void {
  timeline.add({
    ...presence.act(cast.alice, time),
    action: 'user.reactivate',
    targets: [{ type: 'user', id: person.id, name: asOf(person, time).name }],
    changes: [{ field: 'status', from: 'deactivated', to: 'active' }],
    metadata: {},
  });
}

/** Somebody who lost access tries whether that is so. */
function tellLaterAttempts({ random, plot, timeline }: World, person: Person): void {
  const device = person.devices.at(-1);
  for (const minutes of [40, 47, 1_180, 2_710, 5_600]) {
    const time = later(plot.larsDeactivated, minutes * minuteMs + random.between(0, 59_999));
    timeline.add({
      time,
      action: 'user.login_failed',
      outcome: 'failure',
      actor: { type: 'anonymous' },
      context: { ip: device?.ip, user_agent: device?.userAgent, origin: 'console' },
      targets: [{ type: 'user', id: person.id, name: asOf(person, time).name }],
      metadata: { method: 'email', reason: 'deactivated' },
    });
  }
}
