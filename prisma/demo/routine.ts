import { hourMs, later, minuteMs, pastDays } from '@/prisma/demo/calendar';
import { asOf, hasAccess, type Person } from '@/prisma/demo/cast';
import type { Start } from '@/prisma/demo/scan-runs';
import type { World } from '@/prisma/demo/world';

/** How likely it is, on a working day, that a person changes their password, or signs out everywhere. */
const newPassword = 0.015;
const everywhere = 0.02;
/** How many of their scans an admin starts on a working day, at most. */
const manualScans = 2;

/** Small things that people do now and then. */
export function tellRoutine(world: World): void {
  const { random, cast, timeline, presence } = world;
  for (const person of Object.values(cast)) {
    for (const time of worktimes(world, person)) {
      const targets = [{ type: 'user' as const, id: person.id, name: asOf(person, time).name }];
      if (person.provider !== 'only' && random.chance(newPassword)) {
        timeline.add({
          ...presence.act(person, time),
          action: 'user.update_password',
          targets,
          metadata: { sessions_ended: random.between(0, 2) },
        });
      } else if (random.chance(everywhere)) {
        timeline.add({
          ...presence.act(person, time),
          action: 'user.logout',
          targets,
          metadata: { scope: 'everywhere', sessions_ended: random.between(1, 3) },
        });
      }
    }
  }
}

/** When admins looked at a scan by hand. */
export function manualStarts(world: World, from: Date): Start[] {
  const { random, cast, presence } = world;
  return [cast.alice, cast.daniel].flatMap((person) =>
    worktimes(world, person).flatMap((time) => {
      const isAdmin = time > from && asOf(person, time).role === 'admin';
      return Array.from({ length: isAdmin ? random.between(0, manualScans) : 0 }, (_, at): Start => {
        const start = later(time, at * 6 * minuteMs);
        return { time: start, trigger: 'manual', by: presence.act(person, start) };
      });
    }),
  );
}

/** A moment of each working day on which somebody had access, yesterday the last one. */
function worktimes({ random, calendar }: World, person: Person): Date[] {
  const days = Array.from({ length: pastDays - 1 }, (_, day) => pastDays - 1 - day);
  return days
    .filter((day) => calendar.isWorkday(day, person.zone))
    .map((day) =>
      later(
        calendar.at(day, '09:00', person.zone),
        random.between(0, 450) * minuteMs + random.between(0, 59_999),
      ),
    )
    .filter((time) => hasAccess(person, later(time, -hourMs), later(time, hourMs)));
}
