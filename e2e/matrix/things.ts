import { randomUUID } from 'node:crypto';
import type { Query } from '@/e2e/database';
import { type Furnishings, insertPerson, type Organization } from '@/e2e/furnished';
import { insertView } from '@/e2e/view-rows';

/** What an organization has, by the names that the rules of the matrix use. */
export type Things = {
  event: string;
  integration: string;
  /** The number of an event that the integration's Splunk refused; of two. */
  parked: string;
  /** A replay that is paused. */
  replay: string;
  key: string;
  person: string;
  invitation: string;
  /** The secret in the invitation's link. */
  token: string;
  scan: string;
  run: string;
  /** A scan that nobody has started. */
  idle: string;
  oidc: string;
  /** A view of the log that somebody else shares. */
  view: string;
  slug: string;
};

/** Stands in the name of everything that only its own organization may see. */
export const canary = 'canary-of-the-matrix';

type Make = Pick<
  Furnishings,
  | 'addEvents'
  | 'addIntegration'
  | 'addParked'
  | 'addReplay'
  | 'addApiKey'
  | 'addInvitation'
  | 'addScan'
  | 'addOidcConnection'
> & { query: Query; organization: Organization };

/** One of everything. */
export async function addOneOfEach(make: Make): Promise<Things> {
  const { addEvents, addIntegration, addApiKey, addInvitation, addScan, addOidcConnection } = make;
  const draft = { targets: [{ type: 'scan' as const, id: randomUUID(), name: canary }] };
  const events = await addEvents(draft, draft);
  const [event] = events;
  const integration = await addIntegration('healthy', canary);
  for (const { seq } of events) await make.addParked(integration, seq, { reason: canary });
  const invitation = await addInvitation(`${canary}@partner.example`);
  const scan = await addScan('finished', canary);
  const person = await insertPerson(make.query, make.organization, 'member', canary);
  return {
    event: event?.id ?? '',
    integration,
    parked: String(event?.seq),
    replay: await make.addReplay(integration, 'paused'),
    key: (await addApiKey({ name: canary })).id,
    person: person.id,
    invitation: invitation.id,
    token: invitation.token,
    scan: scan.id,
    run: scan.runId ?? '',
    idle: (await addScan('never', `${canary} idle`)).id,
    oidc: await addOidcConnection(canary),
    view: await insertView(make.query, person, canary),
    slug: make.organization.slug,
  };
}

/** Ids that nothing has, and a link that was never sent. */
export function nothing({ slug }: Things): Things {
  const id = randomUUID();
  return {
    event: id,
    integration: id,
    parked: '999999',
    replay: id,
    key: id,
    person: id,
    invitation: id,
    token: 'A'.repeat(43),
    scan: id,
    run: id,
    idle: id,
    oidc: id,
    view: id,
    slug,
  };
}

/** Which thing `[id]` means below these addresses; the longest one counts. */
const owners: [string, keyof Things][] = [
  ['/api/v1/audit-events/', 'event'],
  ['/api/v1/scans/', 'scan'],
  ['/settings/audit-log/views/', 'view'],
  ['/settings/audit-log/', 'event'],
  ['/settings/siem/splunk/', 'integration'],
  ['/settings/api-keys/', 'key'],
  ['/settings/members/invitations/', 'invitation'],
  ['/settings/members/', 'person'],
  ['/scans/', 'scan'],
];

/** An address with the ids of these things in the places of its parameters. */
export function fillIn(address: string, things: Things): string {
  const owner = owners.find(([start]) => address.startsWith(start))?.[1];
  return address.replace(/\[(\w+)\]/g, (parameter, name) => {
    const values: Record<string, string | undefined> = {
      id: owner && things[owner],
      runId: things.run,
      seq: things.parked,
      token: things.token,
      slug: things.slug,
      oidc: things.oidc,
    };
    const value = values[name];
    if (value === undefined) throw new Error(`${address}: nobody has said what ${parameter} is`);
    return value;
  });
}

/** All that an organization has, but for the times at which things were last used, and how far the log is proved. */
export async function everythingOf(query: Query, { id }: Organization): Promise<Record<string, unknown[]>> {
  const tables = await query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'organization_id' ORDER BY 1`,
  );
  const found: Record<string, unknown[]> = {};
  for (const { name } of tables) {
    const rows = await query<{ row: unknown }>(
      `SELECT to_jsonb(r) - '{last_seen_at,last_used_at,last_used_ip,proven_seq}'::text[] AS row
         FROM ${name} AS r WHERE organization_id = $1 ORDER BY 1`,
      [id],
    );
    found[name] = rows.map(({ row }) => row);
  }
  return found;
}
