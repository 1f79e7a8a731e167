import type { DemoScan } from '@/prisma/demo/scan-runs';
import type { World } from '@/prisma/demo/world';

/** Somebody made a scan, and where it says so, deleted it again. */
export function createScan({ random, timeline, presence }: World, draft: Omit<DemoScan, 'id'>): DemoScan {
  const scan = { ...draft, id: random.uuid() };
  const targets = [{ type: 'scan' as const, id: scan.id, name: scan.name }];
  timeline.add({
    ...presence.act(scan.createdBy, scan.createdAt),
    action: 'scan.create',
    targets,
    metadata: { target_url: scan.targetUrl },
  });
  if (scan.deletedAt) {
    timeline.add({
      ...presence.act(scan.createdBy, scan.deletedAt),
      action: 'scan.delete',
      targets,
      metadata: {},
    });
  }
  return scan;
}

/** Somebody had a scan run at the times of its schedule from now on. */
export function tellSchedule(
  { timeline, presence }: World,
  scan: DemoScan,
  time: Date,
  by = scan.createdBy,
): void {
  if (!scan.schedule) throw new Error('there is no schedule to tell of');
  const { cron, timeZone } = scan.schedule;
  timeline.add({
    ...presence.act(by, time),
    action: 'scan.schedule',
    targets: [{ type: 'scan', id: scan.id, name: scan.name }],
    changes: [
      { field: 'cron', to: cron },
      { field: 'time_zone', to: timeZone },
    ],
    metadata: { cron, time_zone: timeZone },
  });
}
