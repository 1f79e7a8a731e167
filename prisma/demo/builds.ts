import { dayMs, hourMs, later, minuteMs } from '@/prisma/demo/calendar';
import { buildMachine, type DemoKeys, keyActor } from '@/prisma/demo/keys';
import { type DemoRun, type DemoScan, type Start, tellRuns } from '@/prisma/demo/scan-runs';
import { createScan } from '@/prisma/demo/scan-settings';
import { api } from '@/prisma/demo/sites';
import type { World } from '@/prisma/demo/world';

/** No build begins so shortly before the demo: its scan would not have ended. */
const lastBuildMs = 5 * minuteMs;
/** The one before has ended then: a scan never runs twice at once. */
const leastGapMs = 12_000;
/** Builds begin from this hour to so many hours later, most of them in the middle. */
const firstHour = 7.5;
const hours = 12;

/** The scan that the build machine starts through the API. */
export function tellBuildScan(world: World): DemoScan {
  const { calendar, cast } = world;
  const site = api(later(calendar.now, 12 * dayMs));
  return createScan(world, {
    name: 'api-gateway',
    description: 'Started by the build machine for every pull request and release.',
    createdBy: cast.daniel,
    createdAt: calendar.at(calendar.workday(80), '15:09:47.331'),
    siteAt: () => site,
    targetUrl: site.url,
  });
}

/** So many builds in working hours; each starts the scan, which is two events. */
export function tellBuilds(world: World, scan: DemoScan, keys: DemoKeys, builds: number): DemoRun[] {
  const starts = buildTimes(world, scan, builds).map((time): Start => {
    const context = { ip: buildMachine.ip, user_agent: buildMachine.userAgent, origin: 'api' as const };
    return { time, trigger: 'api', by: { actor: keyActor(keys.buildKeyAt(time), time), context } };
  });
  return tellRuns(world, scan, starts);
}

function buildTimes({ random, calendar }: World, scan: DemoScan, builds: number): Date[] {
  const days = Array.from({ length: 80 }, (_, day) => day).filter((day) => calendar.isWorkday(day));
  const last = later(calendar.now, -lastBuildMs);
  const times: Date[] = [];
  while (times.length < builds) {
    const hour = firstHour + ((random.fraction() + random.fraction()) / 2) * hours;
    const time = later(calendar.at(random.pick(days), '00:00'), Math.round(hour * hourMs));
    if (time > scan.createdAt && time < last) times.push(time);
  }
  const inOrder = times.toSorted((a, b) => a.getTime() - b.getTime());
  for (const [at, time] of inOrder.entries()) {
    const before = inOrder[at - 1];
    if (before) inOrder[at] = new Date(Math.max(time.getTime(), before.getTime() + leastGapMs));
  }
  return inOrder;
}
