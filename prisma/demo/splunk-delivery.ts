import type { Target } from '@/lib/audit/event';
import { hourMs, later, minuteMs } from '@/prisma/demo/calendar';
import type { World } from '@/prisma/demo/world';

type Trial = {
  targets: Target[];
  on(daysAgo: number, time: string): Date;
  /** When a heartbeat was wanted. */
  heartbeats: { from: Date; to: Date };
};

const system = { actor: { type: 'system' as const }, context: { origin: 'system' as const } };
const idleMinutes = 60;

/** What became of the events during the trial: a fault in Splunk, a replay, events that Splunk would not take. */
export function tellDelivery(world: World, { targets, on, heartbeats }: Trial): void {
  const { timeline, presence, cast } = world;
  const alice = (time: Date) => ({ ...presence.act(cast.alice, time), targets });

  const setting = (time: Date, from: string, to: string) =>
    timeline.add({
      ...alice(time),
      action: 'siem.integration.update',
      changes: [{ field: 'heartbeat', from, to }],
      metadata: { fields: ['heartbeat'] },
    });
  setting(heartbeats.from, 'off', `after ${idleMinutes} min`);
  setting(heartbeats.to, `after ${idleMinutes} min`, 'off');

  const blocked = on(70, '09:12:40.208');
  timeline.add({
    ...system,
    time: blocked,
    action: 'siem.integration.blocked',
    targets,
    metadata: { cause: 'index_not_allowed', http_status: 400, hec_code: 7, waiting: '1' },
  });
  timeline.add({
    ...system,
    time: on(70, '10:47:43.915'),
    action: 'siem.integration.recovered',
    targets,
    metadata: { blocked_since: blocked.toISOString(), waiting: '38' },
  });

  const range = { first_seq: '6120', last_seq: '7034', events: '915' };
  const begin = on(52, '09:31:07.540');
  timeline.add({ ...alice(begin), action: 'siem.integration.replay', metadata: range });
  timeline.add({
    ...alice(later(begin, 300)),
    action: 'siem.replay.pause',
    metadata: { ...range, sent: '300' },
  });
  timeline.add({
    ...alice(later(begin, 26 * minuteMs)),
    action: 'siem.replay.resume',
    metadata: { ...range, sent: '300' },
  });
  const all = { first_seq: '1284', last_seq: '7101', events: '5818' };
  const mistaken = later(begin, 33 * minuteMs);
  timeline.add({ ...alice(mistaken), action: 'siem.integration.replay', metadata: all });
  timeline.add({
    ...alice(later(mistaken, 2_100)),
    action: 'siem.replay.cancel',
    metadata: { ...all, sent: '2000' },
  });

  const mended = on(48, '13:20:18.066');
  timeline.add({
    ...alice(mended),
    action: 'siem.parked.retry',
    metadata: { events: 2, seqs: ['7718', '7719'] },
  });
  timeline.add({
    ...alice(later(mended, 4 * minuteMs)),
    action: 'siem.parked.dismiss',
    metadata: { seq: '7719', reason: 'A test of the limits; its record is longer than our indexer takes' },
  });
}

/** A heartbeat for each hour of the trial's first days in which nothing else happened. All else of them is told before. */
export function tellHeartbeats({ timeline }: World, { targets, heartbeats: { from, to } }: Trial): void {
  const idleMs = (idleMinutes / 60) * hourMs;
  const times = timeline.events().map(({ time }) => time.getTime());
  for (const [at, time] of times.entries()) {
    const next = Math.min(times[at + 1] ?? 0, to.getTime());
    for (let beat = time + idleMs; time > from.getTime() && beat < next; beat += idleMs)
      timeline.add({
        ...system,
        time: new Date(beat),
        action: 'siem.heartbeat',
        targets,
        metadata: { idle_minutes: idleMinutes },
      });
  }
}
