import { lifetimeHours } from '@/lib/members/invitations/link';
import { dayMs, hourMs, later, minuteMs } from '@/prisma/demo/calendar';
import { asOf, type Person } from '@/prisma/demo/cast';
import type { World } from '@/prisma/demo/world';

export type DemoInvitation = {
  id: string;
  email: string;
  role: 'admin' | 'auditor' | 'member';
  invitedBy: Person;
  createdAt: Date;
  expiresAt: Date;
  acceptedAt?: Date;
  revokedAt?: Date;
};

const lifetimeMs = lifetimeHours * hourMs;

/** An invitation and the account that was made by it. */
export function tellArrival(world: World, person: Person): DemoInvitation {
  const { random, cast, timeline, presence } = world;
  const { at } = person.joined;
  const { name, role } = asOf(person, at);
  const invitation = tellInvitation(world, {
    email: person.email,
    role,
    invitedBy: cast.alice,
    createdAt: later(at, -random.between(20 * minuteMs, 55 * minuteMs)),
    acceptedAt: at,
  });
  const [device] = person.devices;
  const source = {
    time: at,
    actor: { type: 'user' as const, id: person.id, name, email: person.email, role },
    context: { ip: device?.ip, user_agent: device?.userAgent, origin: 'console' as const },
  };
  timeline.add({
    ...source,
    action: 'organization.invitation.accept',
    targets: [{ type: 'invitation', id: invitation.id, name: person.email }],
    metadata: { role },
  });
  timeline.add({
    ...source,
    action: 'user.create',
    targets: [{ type: 'user', id: person.id, name }],
    metadata: { role, via: 'invitation' },
  });
  presence.signIn(person, later(at, 1_400), later(at, 25 * minuteMs), { method: 'email', closed: false });
  return invitation;
}

/** Invitations that nobody accepted: one typed wrongly, one forgotten, two that wait. */
export function tellOpenInvitations(world: World): DemoInvitation[] {
  const { calendar, cast, timeline, presence } = world;
  const { alice, daniel } = cast;
  const typed = calendar.at(calendar.workday(20), '14:31:07.283');
  const noticed = later(typed, 4 * minuteMs + 17_902);
  const wrong = tellInvitation(world, {
    email: 'sofia.rosi@acme.example',
    role: 'auditor',
    invitedBy: alice,
    createdAt: typed,
    revokedAt: noticed,
  });
  timeline.add({
    ...presence.act(alice, noticed),
    action: 'organization.invitation.revoke',
    targets: [{ type: 'invitation', id: wrong.id, name: wrong.email }],
    metadata: {},
  });

  const forgotten = tellInvitation(world, {
    email: 'm.keller@contractor.example',
    role: 'member',
    invitedBy: daniel,
    createdAt: calendar.at(calendar.workday(12), '11:19:45.611'),
  });

  const renewed = tellInvitation(world, {
    email: 'sofia.rossi@acme.example',
    role: 'auditor',
    invitedBy: alice,
    createdAt: later(calendar.now, -(2 * dayMs + 3 * hourMs)),
  });
  const again = later(calendar.now, -26 * hourMs);
  renewed.expiresAt = later(again, lifetimeMs);
  timeline.add({
    ...presence.act(alice, again),
    action: 'organization.invitation.resend',
    targets: [{ type: 'invitation', id: renewed.id, name: renewed.email }],
    metadata: { expires_at: renewed.expiresAt.toISOString(), delivery: 'link' },
  });

  const fresh = tellInvitation(world, {
    email: 'j.park@partner.example',
    role: 'member',
    invitedBy: daniel,
    createdAt: later(calendar.now, -9 * hourMs),
  });
  return [wrong, forgotten, renewed, fresh];
}

function tellInvitation(
  { random, timeline, presence }: World,
  made: Omit<DemoInvitation, 'id' | 'expiresAt'>,
): DemoInvitation {
  const invitation = { ...made, id: random.uuid(), expiresAt: later(made.createdAt, lifetimeMs) };
  timeline.add({
    ...presence.act(made.invitedBy, made.createdAt),
    action: 'organization.invitation.create',
    targets: [{ type: 'invitation', id: invitation.id, name: made.email }],
    metadata: { role: made.role, expires_at: invitation.expiresAt.toISOString(), delivery: 'link' },
  });
  return invitation;
}
