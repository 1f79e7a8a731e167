import { hourMs, later, minuteMs } from '@/prisma/demo/calendar';
import { tellDelivery } from '@/prisma/demo/splunk-delivery';
import type { World } from '@/prisma/demo/world';

const host = 'splunk-trial.acme.example:8088';

/** A trial of Splunk that ended: what an admin of the demo connects is the organization's first real one. */
export function tellSplunkTrial(world: World) {
  const {
    random,
    calendar,
    cast: { alice },
    timeline,
    presence,
  } = world;
  const on = (daysAgo: number, time: string) => calendar.at(calendar.workday(daysAgo), time);
  const name = 'Splunk trial';
  const targets = [{ type: 'siem_integration' as const, id: random.uuid(), name }];
  const untested = [{ type: 'siem_integration' as const, name: host }];
  const test = (
    time: Date,
    result: { result: string; http_status: number; hec_code: number },
    known: boolean,
  ) =>
    timeline.add({
      ...presence.act(alice, time),
      action: 'siem.test_connection',
      outcome: result.result === 'accepted' ? 'success' : 'failure',
      targets: known ? targets : untested,
      metadata: {
        host,
        index: 'audit',
        test_id: `t-${random.uuid().slice(0, 8)}`,
        ...result,
        duration_ms: random.between(38, 140),
      },
    });
  const accepted = { result: 'accepted', http_status: 200, hec_code: 0 };

  const begin = on(84, '14:20:31.040');
  test(begin, { result: 'token_unknown', http_status: 403, hec_code: 4 }, false);
  test(
    later(begin, 3 * minuteMs + 11_030),
    { result: 'index_not_allowed', http_status: 400, hec_code: 7 },
    false,
  );
  test(later(begin, 9 * minuteMs + 2_718), accepted, false);
  timeline.add({
    ...presence.act(alice, later(begin, 9 * minuteMs + 41_006)),
    action: 'siem.integration.create',
    targets,
    metadata: { host, index: 'audit', start_seq: '1284', paused: false, trust: 'system' },
  });
  const heartbeats = { from: later(begin, hourMs + 48_300), to: on(81, '09:07:12.451') };
  const trial = { targets, on, heartbeats };
  tellDelivery(world, trial);
  timeline.add({
    ...presence.act(alice, on(59, '10:02:48.717')),
    action: 'siem.integration.pause',
    targets,
    metadata: {},
  });
  timeline.add({
    ...presence.act(alice, on(59, '15:30:05.112')),
    action: 'siem.integration.resume',
    targets,
    metadata: { waiting: '143' },
  });
  const moved = on(55, '11:14:22.690');
  test(moved, accepted, true);
  timeline.add({
    ...presence.act(alice, later(moved, 20_344)),
    action: 'siem.integration.update',
    targets,
    changes: [{ field: 'index', from: 'audit', to: 'audit_prod' }],
    metadata: { fields: ['index'] },
  });
  timeline.add({
    ...presence.act(alice, on(41, '16:48:59.301')),
    action: 'siem.integration.delete',
    targets,
    metadata: { host, index: 'audit_prod', undelivered: '0' },
  });
  return trial;
}
