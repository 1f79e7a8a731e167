import type { Actor, Context } from '@/lib/audit/event';
import { uuidV7 } from '@/lib/audit/uuid-v7';
import { type Calendar, hourMs, later, minuteMs, pastDays } from '@/prisma/demo/calendar';
import { asOf, type Cast, type Device, hasAccess, type Person } from '@/prisma/demo/cast';
import type { Plot } from '@/prisma/demo/plot';
import type { Random } from '@/prisma/demo/random';
import type { Timeline } from '@/prisma/demo/timeline';

export type DemoSession = Device & {
  id: string;
  person: Person;
  method: 'email' | 'google' | 'oidc';
  from: Date;
  to: Date;
  /** The person signed out, rather than walked away. */
  closed: boolean;
};

/** When people are at their desks, which decides from which session they do something. */
export type Presence = {
  sessions: readonly DemoSession[];
  /** Who does something at a time, and from where; signs them in first where they are not. */
  act(person: Person, time: Date): { time: Date; actor: Actor; context: Context };
  /** A session of its own, with its sign-in. */
  signIn(person: Person, from: Date, to: Date, more?: Partial<DemoSession>): DemoSession;
};

type World = { random: Random; calendar: Calendar; plot: Plot; cast: Cast; timeline: Timeline };

/** When a session begins, as the hour of the day, and how likely it is. Half an hour of silence ends one. */
const habits = [
  { hour: 8.6, probability: 0.94 },
  { hour: 9.8, probability: 0.72 },
  { hour: 10.9, probability: 0.78 },
  { hour: 12.1, probability: 0.4 },
  { hour: 13.3, probability: 0.85 },
  { hour: 14.4, probability: 0.74 },
  { hour: 15.5, probability: 0.8 },
  { hour: 16.7, probability: 0.6 },
  { hour: 17.8, probability: 0.35 },
];
const weekendProbability = 0.04;
const signOutProbability = 0.4;
/** How many sign-ins are only the second try. */
const mistypedProbability = 0.04;

/** Fills the past with sign-ins and sign-outs: working hours in each person's own zone, and quiet weekends. */
export function createPresence({ random, calendar, plot, cast, timeline }: World): Presence {
  const sessions: DemoSession[] = [];

  const contextOf = ({ ip, userAgent }: Device, time: Date, sessionId?: string): Context => ({
    ip,
    user_agent: userAgent,
    request_id: uuidV7(time, random.bytes(16)),
    session_id: sessionId,
    origin: 'console',
  });
  const targetOf = (person: Person, time: Date) => [
    { type: 'user' as const, id: person.id, name: asOf(person, time).name },
  ];

  function fail(session: DemoSession, time: Date, reason: 'wrong_password' | 'method_disabled'): void {
    timeline.add({
      time,
      action: 'user.login_failed',
      outcome: 'failure',
      actor: { type: 'anonymous' },
      context: contextOf(session, time),
      targets: targetOf(session.person, time),
      metadata: { method: session.method, reason },
    });
  }

  function signIn(person: Person, from: Date, to: Date, more: Partial<DemoSession> = {}): DemoSession {
    const method = methodOf(person, from);
    const device = random.chance(0.8) ? person.devices[0] : random.pick(person.devices);
    if (!device) throw new Error('a person has no device');
    const closed = to < calendar.now && random.chance(signOutProbability);
    const session = { ...device, id: random.uuid(), person, method, from, to, closed, ...more };
    const mayUse = method !== 'email' || from < plot.emailDisabled || from > plot.emailEnabled;
    if (!mayUse && asOf(person, from).role !== 'admin') {
      fail(session, from, 'method_disabled');
      return session;
    }
    if (method === 'email' && random.chance(mistypedProbability)) {
      fail(session, later(from, -random.between(8_000, 40_000)), 'wrong_password');
    }
    sessions.push(session);
    timeline.add({
      ...by(session, from),
      action: 'user.login',
      targets: targetOf(person, from),
      metadata: { method },
    });
    if (session.closed) {
      timeline.add({
        ...by(session, to),
        action: 'user.logout',
        targets: targetOf(person, to),
        metadata: { scope: 'session', sessions_ended: 1 },
      });
    }
    return session;
  }

  function by(session: DemoSession, time: Date) {
    const { id, email } = session.person;
    const actor: Actor = { type: 'user', id, email, ...asOf(session.person, time) };
    return { time, actor, context: contextOf(session, time, session.id) };
  }

  function methodOf(person: Person, time: Date): DemoSession['method'] {
    const oidc = time > plot.oidcLinked && time < plot.oidcDisabled;
    if (person.provider === 'only' || (person.provider === 'often' && oidc && random.chance(0.8)))
      return 'oidc';
    const google = time > plot.graceLinked && time < plot.graceUnlinked;
    return google && person === cast.grace ? 'google' : 'email';
  }

  for (const person of Object.values(cast)) {
    for (let day = pastDays; day >= 0; day -= 1) {
      const works = calendar.isWorkday(day, person.zone);
      for (const { hour, probability } of habits) {
        if (!random.chance(works ? probability : weekendProbability)) continue;
        const midnight = calendar.at(day, '00:00', person.zone);
        const jitterMs = (random.fraction() + random.fraction() - 1) * 40 * minuteMs;
        const from = later(midnight, Math.round(hour * hourMs + jitterMs));
        const to = later(from, random.between(3 * minuteMs, 55 * minuteMs));
        // Who joins has a first session of their own.
        const settled = from > later(person.joined.at, hourMs) && to < calendar.now;
        if (settled && hasAccess(person, from, to)) signIn(person, from, to);
      }
    }
  }

  return {
    sessions,
    signIn,
    act(person, time) {
      const present = sessions.find(
        (session) => session.person === person && session.from < time && session.to > time,
      );
      const session =
        present ??
        signIn(
          person,
          later(time, -random.between(2 * minuteMs, 7 * minuteMs)),
          later(time, random.between(5 * minuteMs, 20 * minuteMs)),
          { closed: false },
        );
      return by(session, time);
    },
  };
}
