import type { Role } from '@/lib/auth/permissions';
import { type Calendar, officeZone } from '@/prisma/demo/calendar';
import type { Plot } from '@/prisma/demo/plot';
import type { Random } from '@/prisma/demo/random';

/** A place and a browser from which somebody works. */
export type Device = { ip: string; userAgent: string };

export type Person = {
  id: string;
  email: string;
  /** How they are called and what they may do, from when on; the first phase begins when they join. */
  phases: readonly { from: Date; name: string; role: Role }[];
  joined: { at: Date; via: 'setup' | 'invitation' | 'oidc' };
  status: 'active' | 'deactivated';
  /** When they had no access, or no way to sign in; without an end until today. */
  locked: readonly { from: Date; to?: Date }[];
  zone: string;
  /** The first one is where they usually are. */
  devices: readonly Device[];
  /** Signs in through the identity provider while that is enabled; `only`: in no other way. */
  provider: 'never' | 'often' | 'only';
};

type Name =
  | 'alice'
  | 'daniel'
  | 'mira'
  | 'jonas'
  | 'ben'
  | 'priya'
  | 'tomas'
  | 'chloe'
  | 'yuki'
  | 'noor'
  | 'grace'
  | 'lars';
export type Cast = Record<Name, Person>;

type Draft = {
  name: string;
  at: Date;
  via?: Person['joined']['via'];
  role?: Role;
  changes?: readonly { from: Date; name?: string; role?: Role }[];
  status?: Person['status'];
  locked?: Person['locked'];
  zone?: string;
  ips: readonly string[];
  userAgent: string;
  provider?: Person['provider'];
};

const firefox = (system: string) => `Mozilla/5.0 (${system}; rv:145.0) Gecko/20100101 Firefox/145.0`;
const chrome = (system: string) =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36`;
const mac = 'Macintosh; Intel Mac OS X 10_15_7';
const windows = 'Windows NT 10.0; Win64; x64';
const linux = 'X11; Linux x86_64';

export const iphone: Device = {
  ip: '198.51.100.17',
  userAgent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1',
};

const office = '203.0.113.24';

/** Twelve people of every role and state. */
export function castOf(random: Random, calendar: Calendar, plot: Plot): Cast {
  const on = (daysAgo: number, time: string) => calendar.at(calendar.workday(daysAgo), time);
  const drafts: Record<Name, Draft> = {
    alice: {
      name: 'Alice Fox',
      at: plot.founded,
      via: 'setup',
      role: 'admin',
      ips: [office, '198.51.100.17'],
      userAgent: firefox(mac),
    },
    daniel: {
      name: 'Daniel Weiss',
      at: on(89, '09:41:02.118'),
      changes: [{ from: plot.danielPromoted, role: 'admin' }],
      ips: [office],
      userAgent: chrome(linux),
    },
    mira: {
      name: 'Mira Sato',
      at: on(89, '10:15:37.904'),
      role: 'auditor',
      ips: [office, '2001:db8:4a:17::9c2'],
      userAgent: chrome(windows),
    },
    ben: {
      name: 'Ben Okafor',
      at: on(89, '11:02:48.330'),
      ips: [office, '198.51.100.52'],
      userAgent: chrome(mac),
    },
    priya: {
      name: 'Priya Raman',
      at: on(88, '09:20:15.771'),
      ips: [office],
      userAgent: firefox(windows),
      provider: 'often',
    },
    lars: {
      name: 'Lars Becker',
      at: on(88, '13:55:41.226'),
      changes: [
        { from: plot.larsPromoted, role: 'admin' },
        { from: plot.larsDemoted, role: 'member' },
      ],
      status: 'deactivated',
      locked: [{ from: plot.larsDeactivated }],
      ips: [office, '198.51.100.88'],
      userAgent: firefox(linux),
    },
    grace: {
      name: 'Grace Kim',
      at: on(79, '18:27:44.862'),
      zone: 'America/New_York',
      ips: ['2001:db8:77:3::51'],
      userAgent: chrome(mac),
    },
    jonas: {
      name: 'Jonas Lind',
      at: on(75, '10:44:29.507'),
      changes: [{ from: plot.jonasPromoted, role: 'auditor' }],
      ips: [office],
      userAgent: chrome(windows),
      provider: 'often',
    },
    chloe: {
      name: 'Chloé Martin',
      at: on(75, '14:08:53.090'),
      changes: [{ from: plot.chloeRenamed, name: 'Chloé Martin-Dubois' }],
      zone: 'Europe/Paris',
      ips: ['198.51.100.141'],
      userAgent: firefox(mac),
    },
    noor: {
      name: 'Noor Haddad',
      at: on(66, '11:12:06.648'),
      via: 'oidc',
      ips: [office],
      userAgent: chrome(mac),
      provider: 'only',
      locked: [{ from: plot.oidcDisabled }],
    },
    tomas: {
      name: 'Tomás Silva',
      at: on(60, '11:33:20.415'),
      locked: [{ from: plot.tomasDeactivated, to: plot.tomasReactivated }],
      zone: 'America/Sao_Paulo',
      ips: ['198.51.100.203'],
      userAgent: chrome(linux),
    },
    yuki: {
      name: 'Yuki Tanaka',
      at: on(28, '08:09:31.199'),
      zone: 'Asia/Tokyo',
      ips: ['198.51.100.229'],
      userAgent: firefox(windows),
    },
  };

  const personOf = (key: Name): Person => {
    const { name, at, role = 'member', changes = [], ips, userAgent, ...draft } = drafts[key];
    const phases = [{ from: at, name, role }];
    for (const change of changes) phases.push({ ...(phases.at(-1) ?? { name, role }), ...change });
    return {
      id: random.uuid(),
      email: `${key}@acme.example`,
      phases,
      joined: { at, via: draft.via ?? 'invitation' },
      status: draft.status ?? 'active',
      locked: draft.locked ?? [],
      zone: draft.zone ?? officeZone,
      devices: ips.map((ip) => ({ ip, userAgent })),
      provider: draft.provider ?? 'never',
    };
  };
  return {
    alice: personOf('alice'),
    daniel: personOf('daniel'),
    mira: personOf('mira'),
    ben: personOf('ben'),
    priya: personOf('priya'),
    lars: personOf('lars'),
    grace: personOf('grace'),
    jonas: personOf('jonas'),
    chloe: personOf('chloe'),
    noor: personOf('noor'),
    tomas: personOf('tomas'),
    yuki: personOf('yuki'),
  };
}

/** What somebody was called and allowed at a time. */
export function asOf({ phases }: Person, time: Date): { name: string; role: Role } {
  const phase = phases.findLast(({ from }) => from <= time) ?? phases[0];
  if (!phase) throw new Error('a person has no phase');
  return { name: phase.name, role: phase.role };
}

/** Whether somebody could be signed in from one time to another. */
export function hasAccess({ joined, locked }: Person, from: Date, to: Date): boolean {
  return (
    from > joined.at && locked.every((lock) => to < lock.from || (lock.to !== undefined && from > lock.to))
  );
}
