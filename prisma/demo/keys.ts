import type { Scope } from '@/lib/api-keys/scopes';
import { dayMs, hourMs, later, minuteMs } from '@/prisma/demo/calendar';
import type { Device, Person } from '@/prisma/demo/cast';
import { asOf } from '@/prisma/demo/cast';
import type { World } from '@/prisma/demo/world';

export type DemoKey = {
  id: string;
  name: string;
  prefix: string;
  scopes: readonly Scope[];
  createdBy: Person;
  createdAt: Date;
  expiresAt: Date | undefined;
  lastUsedAt?: Date;
  lastUsedIp?: string;
  revokedAt?: Date;
};

/** The machine on which pull requests and releases are built. */
export const buildMachine: Device = { ip: '203.0.113.40', userAgent: 'acme-ci/2.3 curl/8.16.0' };

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export type DemoKeys = {
  all: readonly DemoKey[];
  /** The one with which the build machine works at a time. */
  buildKeyAt(time: Date): DemoKey;
};

/** Keys in use, one never used, one that ends in days, and revoked ones. */
export function tellKeys(world: World): DemoKeys {
  const { random, calendar, cast, plot, timeline, presence } = world;
  const { daniel, alice, lars } = cast;
  const on = (daysAgo: number, time: string) => calendar.at(calendar.workday(daysAgo), time);

  function create(
    [name, createdBy, createdAt]: readonly [string, Person, Date],
    scopes: readonly Scope[],
    days: number | undefined,
    more: Partial<DemoKey> = {},
  ): DemoKey {
    const prefix = `tk_${Array.from({ length: 10 }, () => random.pick([...letters])).join('')}`;
    const expiresAt = days === undefined ? undefined : later(createdAt, days * dayMs);
    const key = { id: random.uuid(), name, prefix, scopes, createdBy, createdAt, expiresAt, ...more };
    timeline.add({
      ...presence.act(createdBy, createdAt),
      action: 'api-key.create',
      targets: [{ type: 'api_key', id: key.id, name }],
      metadata: {
        prefix,
        scopes: [...scopes],
        ...(expiresAt && { expires_at: expiresAt.toISOString() }),
      },
    });
    return key;
  }
  const revoke = (key: DemoKey, by: Person, time: Date) => {
    key.revokedAt = time;
    timeline.add({
      ...presence.act(by, time),
      action: 'api-key.delete',
      targets: [{ type: 'api_key', id: key.id, name: key.name }],
      metadata: { prefix: key.prefix },
    });
  };

  const changed = on(73, '10:40:12.207');
  const first = create(['ci', alice, on(88, '15:10:38.522')], ['scans:read', 'scans:write'], undefined, {
    lastUsedAt: later(changed, -3 * minuteMs),
    lastUsedIp: buildMachine.ip,
  });
  const second = create(['ci-deploy', daniel, changed], ['scans:read', 'scans:write'], 365, {
    lastUsedAt: later(calendar.now, -7 * minuteMs),
    lastUsedIp: buildMachine.ip,
  });
  revoke(first, daniel, later(changed, 6 * minuteMs + 40_118));

  const laptop = create(['lars-laptop', lars, on(62, '11:27:50.003')], ['audit_log:read'], 90, {
    lastUsedAt: later(plot.larsDeactivated, -26 * hourMs),
    lastUsedIp: '198.51.100.88',
  });
  revoke(laptop, alice, plot.larsDeactivated);

  const reader = create(
    ['grafana-reader', alice, calendar.at(calendar.workday(87), '16:05:19.845')],
    ['audit_log:read', 'siem:read'],
    90,
    { lastUsedAt: later(calendar.now, -41 * minuteMs), lastUsedIp: '203.0.113.61' },
  );
  const untouched = create(['terraform', daniel, on(6, '17:12:04.390')], ['siem:read'], 90);
  return {
    all: [first, second, laptop, reader, untouched],
    buildKeyAt: (time) => (time < changed ? first : second),
  };
}

/** The key as an actor, with the role that its creator has at the time. */
export function keyActor({ id, name, createdBy }: DemoKey, time: Date) {
  return { type: 'api_key' as const, id, name, role: asOf(createdBy, time).role };
}
