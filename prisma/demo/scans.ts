import { later, minuteMs, officeZone, pastDays } from '@/prisma/demo/calendar';
import type { Person } from '@/prisma/demo/cast';
import { manualStarts } from '@/prisma/demo/routine';
import { type DemoRun, type DemoScan, type Start, scheduler, tellRuns } from '@/prisma/demo/scan-runs';
import { createScan, tellSchedule } from '@/prisma/demo/scan-settings';
import { blog, intranet, portal, staging, www } from '@/prisma/demo/sites';
import type { World } from '@/prisma/demo/world';

export type ToldScan = { scan: DemoScan; runs: readonly DemoRun[] };

/** Nothing is started so shortly before the demo begins: it would not have ended. */
const lastStartMs = 2 * minuteMs;

/** Scans with their history. */
export function tellScans(world: World, { splunkPage }: { splunkPage: string | undefined }): ToldScan[] {
  const { calendar, cast, plot, timeline, presence } = world;
  const { alice, daniel, lars } = cast;
  const on = (daysAgo: number, time: string) => calendar.at(calendar.workday(daysAgo), time);

  /** At this time of every day (or working day) between two instants. */
  const nightly = (time: string, from: Date, workdaysOnly = false): Start[] => {
    const days = Array.from({ length: pastDays }, (_, day) => day);
    return days
      .filter((day) => !workdaysOnly || calendar.isWorkday(day))
      .map((day) => calendar.at(day, time))
      .filter((at) => at > from && at < later(calendar.now, -lastStartMs))
      .map((at) => ({ time: at, trigger: 'schedule', by: scheduler }));
  };
  const manual = (by: Person, ...times: Date[]): Start[] =>
    times.map((time) => ({ time, trigger: 'manual', by: presence.act(by, time) }));

  const [policyAdded, bannerRemoved] = [on(52, '16:00'), on(21, '16:00')];
  const site = createScan(world, {
    name: 'www-nightly',
    description: 'The public site, every night.',
    createdBy: alice,
    createdAt: on(88, '15:31:20.114'),
    schedule: { cron: '0 2 * * *', timeZone: officeZone },
    siteAt: (time) =>
      time < policyAdded ? www.atFirst : time < bannerRemoved ? www.withPolicy : www.inTheEnd,
    targetUrl: www.inTheEnd.url,
  });
  tellSchedule(world, site, later(site.createdAt, minuteMs));
  const siteRuns = [
    ...nightly('02:00', site.createdAt),
    ...manual(alice, later(site.createdAt, 3 * minuteMs), on(52, '16:20'), on(21, '16:11')),
  ];

  const often = { cron: '*/30 * * * *', timeZone: officeZone };
  const seldom = { cron: '30 2 * * *', timeZone: officeZone };
  const sinceSeldom = on(12, '10:06:33.518');
  const portalNights = nightly('02:30', sinceSeldom);
  const released = later(
    portalNights
      .map(({ time }) => time)
      .toSorted(byTime)
      .at(-1) ?? calendar.now,
    -minuteMs,
  );
  const portalScan = createScan(world, {
    name: 'customer-portal',
    description: 'The sign-in page of the customer portal.',
    createdBy: daniel,
    createdAt: on(81, '11:20:05.862'),
    schedule: seldom,
    siteAt: (time) => (time < released ? portal.inOrder : portal.afterRelease),
    targetUrl: portal.inOrder.url,
  });
  tellSchedule(world, { ...portalScan, schedule: often }, later(portalScan.createdAt, 2 * minuteMs));
  timeline.add({
    ...presence.act(alice, later(sinceSeldom, -4 * minuteMs)),
    action: 'scan.unschedule',
    targets: [{ type: 'scan', id: portalScan.id, name: portalScan.name }],
    changes: [
      { field: 'cron', from: often.cron },
      { field: 'time_zone', from: often.timeZone },
    ],
    metadata: {},
  });
  tellSchedule(world, portalScan, sinceSeldom, alice);
  const portalRuns = [
    ...everyHalfHour(later(portalScan.createdAt, 2 * minuteMs), later(sinceSeldom, -4 * minuteMs)),
    ...portalNights,
    ...manualStarts(world, portalScan.createdAt),
  ];

  const stagingNights = nightly('03:30', on(79, '12:00'), true);
  const lastNights = stagingNights.map(({ time }) => time).toSorted(byTime);
  const [moved, back] = [on(44, '18:00'), on(41, '09:00')];
  const down = (time: Date) => time >= (lastNights.at(-1) ?? time) || (time > moved && time < back);
  const stagingScan = createScan(world, {
    name: 'staging-nightly',
    description: 'What the next release would bring.',
    createdBy: daniel,
    createdAt: on(79, '11:42:50.270'),
    schedule: { cron: '30 3 * * 1-5', timeZone: officeZone },
    siteAt: (time) => (down(time) ? undefined : staging),
    targetUrl: staging.url,
  });
  tellSchedule(world, stagingScan, later(stagingScan.createdAt, 5 * minuteMs));

  const intranetScan = createScan(world, {
    name: 'intranet-legacy',
    description: 'To be switched off in spring.',
    createdBy: lars,
    createdAt: on(65, '15:16:12.403'),
    siteAt: () => intranet,
    targetUrl: intranet.url,
  });
  const intranetRuns = [
    ...manual(lars, on(65, '15:20:44'), on(48, '11:31:02'), on(19, '16:40:25')),
    ...manual(alice, on(5, '13:51:37')),
    ...manual(daniel, on(27, '09:58:11')).map((start) => ({ ...start, stopped: true })),
  ];

  const blogScan = createScan(world, {
    name: 'old-blog',
    description: '',
    createdBy: alice,
    createdAt: on(87, '13:25:31.055'),
    deletedAt: on(71, '10:11:58.640'),
    siteAt: () => blog,
    targetUrl: blog.url,
  });
  const blogRuns = manual(alice, on(87, '13:26:10'), on(86, '09:41:28'), on(77, '17:02:51'));

  const told = [
    { scan: site, runs: tellRuns(world, site, siteRuns) },
    { scan: portalScan, runs: tellRuns(world, portalScan, portalRuns) },
    { scan: stagingScan, runs: tellRuns(world, stagingScan, stagingNights) },
    { scan: intranetScan, runs: tellRuns(world, intranetScan, intranetRuns) },
    { scan: blogScan, runs: tellRuns(world, blogScan, blogRuns) },
  ];
  if (splunkPage === undefined) return told;
  const rehearsal = createScan(world, {
    name: 'splunk-rehearsal',
    description: 'The page of the Splunk simulator on this machine: start it, and see a real scan.',
    createdBy: alice,
    createdAt: later(plot.oidcDisabled, 18 * minuteMs),
    siteAt: () => undefined,
    targetUrl: splunkPage,
  });
  return [...told, { scan: rehearsal, runs: [] }];
}

function everyHalfHour(from: Date, to: Date): Start[] {
  const stepMs = 30 * minuteMs;
  const first = Math.ceil(from.getTime() / stepMs) * stepMs;
  const count = Math.max(0, Math.ceil((to.getTime() - first) / stepMs));
  return Array.from({ length: count }, (_, at) => ({
    time: new Date(first + at * stepMs),
    trigger: 'schedule',
    by: scheduler,
  }));
}

function byTime(a: Date, b: Date): number {
  return a.getTime() - b.getTime();
}
