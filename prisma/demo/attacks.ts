import { dayMs, hourMs, later, minuteMs, pastDays } from '@/prisma/demo/calendar';
import { asOf, type Person } from '@/prisma/demo/cast';
import type { World } from '@/prisma/demo/world';

type Reason = 'unknown_account' | 'wrong_password' | 'throttled';

/** What the internet tries everywhere, every day. */
const guesses = ['admin', 'info', 'root', 'test', 'support', 'sales', 'administrator', 'webmaster', 'backup'];
const noisePerDay = [8, 22] as const;
const scripts = ['python-requests/2.32.5', 'Go-http-client/2.0', 'Mozilla/5.0 (compatible; probe/1.1)'];

/** Guesses at accounts that do not exist, at any hour. */
export function tellNoise(world: World): void {
  const { random, calendar, plot } = world;
  for (let day = pastDays - 2; day >= 0; day -= 1) {
    const guessesToday = random.between(...noisePerDay);
    for (let nth = 0; nth < guessesToday; nth += 1) {
      const time = later(calendar.at(day, '00:00'), random.between(0, dayMs - 1));
      if (time >= calendar.now || time < plot.founded) continue;
      const email = `${random.pick(guesses)}@acme.example`;
      fail(world, time, `192.0.2.${random.between(2, 200)}`, email, 'unknown_account');
    }
  }
}

/** One guess more, to fill up to a number. */
export function tellGuess(world: World): void {
  fail(world, later(world.plot.founded, 3 * dayMs), '192.0.2.9', 'admin@acme.example', 'unknown_account');
}

/** Half an hour in which three machines guess the passwords of three people; two admins and the victim answer. */
export function tellAttack(world: World): void {
  const { random, cast, plot, timeline, presence } = world;
  const victims = [cast.ben, cast.priya, cast.alice];
  const durationMs = plot.attackEnded.getTime() - plot.attack.getTime();
  for (const ip of ['192.0.2.211', '192.0.2.212', '192.0.2.219']) {
    // An account is held up longer with each failure, so guesses become rare; the refusals are noted once a minute.
    for (let waitMs = 400, at = random.between(0, 4_000); at < durationMs; at += waitMs, waitMs *= 1.5) {
      const victim = random.pick(victims);
      fail(world, later(plot.attack, Math.round(at)), ip, victim, 'wrong_password');
    }
    for (let minute = 1; minute < durationMs / minuteMs; minute += 1) {
      const time = later(plot.attack, minute * minuteMs + random.between(0, 9_999));
      fail(world, time, ip, random.pick(victims), 'throttled');
    }
  }

  const noticed = later(plot.attackEnded, 12 * minuteMs + 6_019);
  const about = (person: Person, time: Date) => [
    { type: 'user' as const, id: person.id, name: asOf(person, time).name },
  ];
  timeline.add({
    ...presence.act(cast.alice, noticed),
    action: 'user.revoke_sessions',
    targets: about(cast.ben, noticed),
    metadata: { sessions_ended: 1 },
  });
  const changed = later(noticed, hourMs + 3 * minuteMs);
  timeline.add({
    ...presence.act(cast.ben, changed),
    action: 'user.update_password',
    targets: about(cast.ben, changed),
    metadata: { sessions_ended: 0 },
  });
  const everywhere = later(changed, 26 * minuteMs);
  timeline.add({
    ...presence.act(cast.priya, everywhere),
    action: 'user.logout',
    targets: about(cast.priya, everywhere),
    metadata: { scope: 'everywhere', sessions_ended: 2 },
  });
}

function fail(
  { random, timeline }: World,
  time: Date,
  ip: string,
  whom: Person | string,
  reason: Reason,
): void {
  const target = typeof whom === 'string' ? { name: whom } : { id: whom.id, name: asOf(whom, time).name };
  timeline.add({
    time,
    action: 'user.login_failed',
    outcome: 'failure',
    actor: { type: 'anonymous' },
    context: { ip, user_agent: random.pick(scripts), origin: 'console' },
    targets: [{ type: 'user', ...target }],
    metadata: { method: 'email', reason },
  });
}
