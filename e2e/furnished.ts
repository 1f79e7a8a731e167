import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { BrowserContext, Locator, Page } from '@playwright/test';
import { type AddedEvent, type EventDraft, insertEvents } from '@/e2e/audit-events';
import type { Query } from '@/e2e/database';
import { insertParked, insertReplay, type ParkedDraft, type ReplayState } from '@/e2e/delivery-rows';
import { test as base, expect, insertPerson, type Organization, type Person, signIn } from '@/e2e/fixtures';
import { insertOidcConnection } from '@/e2e/oidc-rows';
import { type AddedScan, insertScan, type ScanState } from '@/e2e/scan-rows';
import { signInUnseen } from '@/e2e/sign-in-unseen';
import { insertView } from '@/e2e/view-rows';
import { generateKey } from '@/lib/api-keys/key-format';
import { type Scope, scopes } from '@/lib/api-keys/scopes';

export type StreamState = 'healthy' | 'degraded' | 'blocked' | 'paused';

/** An invitation as it stands in the database, and the secret of its link. */
export type AddedInvitation = { id: string; email: string; token: string };

/** Another customer on the same installation, and things of theirs that nobody else may ever see. */
export type Neighbour = {
  organization: Organization;
  event: AddedEvent;
  integrationId: string;
  personId: string;
  invitation: AddedInvitation;
  scan: AddedScan;
  /** Stands in the name of everything they have. */
  secret: string;
};

/** What a test wants to be special about a key; the rest is a new one that may do everything. */
export type KeyDraft = {
  name?: string;
  scopes?: readonly Scope[];
  /** Who made it; the admin unless it says otherwise. */
  createdBy?: Person;
  createdAt?: Date;
  expiresAt?: Date | null;
  lastUsedAt?: Date;
  revokedAt?: Date;
};
export type AddedKey = { id: string; name: string; prefix: string; text: string };

export type Furnishings = {
  addEvents(...drafts: EventDraft[]): Promise<AddedEvent[]>;
  /** A Splunk integration that rests in this state: nothing is sent to it during a test. */
  addIntegration(state: StreamState, name?: string): Promise<string>;
  addParked(integrationId: string, seq: number, draft?: ParkedDraft): Promise<void>;
  addReplay(integrationId: string, state: ReplayState): Promise<string>;
  addApiKey(draft?: KeyDraft): Promise<AddedKey>;
  /** An invitation by the admin whose link works for another day, or has expired. */
  addInvitation(email?: string, state?: 'pending' | 'expired'): Promise<AddedInvitation>;
  /** A scan that rests in this state: nothing is visited during a test. */
  addScan(state: ScanState, name?: string): Promise<AddedScan>;
  /** An OIDC connection that is enabled, whose provider is never asked. Returns its id. */
  addOidcConnection(name?: string): Promise<string>;
  /** A view of the audit log that the admin shares. Returns its id. */
  addView(name: string): Promise<string>;
  neighbour: Neighbour;
  /** The page, signed in as the organization's admin. It shows nothing yet. */
  adminPage: Page;
  /** A page in a browser of its own, signed in as a new person of the organization. It shows nothing yet. */
  openAs(role: Person['role']): Promise<Page>;
  /** A page in a browser of its own, signed in as nobody. */
  stranger: Page;
};

/** Where the integrations that {@link Furnishings.addIntegration} makes send to, and the end of their token. */
export const hidden = { host: 'splunk.hidden.example', last4: 'f00d' };

const lastErrors: Record<StreamState, object | null> = {
  healthy: null,
  paused: null,
  degraded: { id: 'connection_refused', since: '2026-11-23T09:00:00.000Z', networkCode: 'ECONNREFUSED' },
  blocked: { id: 'token_unknown', since: '2026-11-23T09:00:00.000Z', httpStatus: 403, hecCode: 4 },
};

/** The tests' fixtures with an organization that has things in it. */
export const test = base.extend<Furnishings>({
  addEvents: async ({ query, organization }, use) =>
    use((...drafts) => insertEvents(query, organization, drafts)),

  addIntegration: async ({ query, organization }, use) =>
    use((state, name) => insertIntegration(query, organization, state, name)),

  addParked: async ({ query }, use) => use((...args) => insertParked(query, ...args)),
  addReplay: async ({ query, organization }, use) =>
    use((...args) => insertReplay(query, organization, ...args)),

  addApiKey: async ({ query, admin }, use) =>
    use(({ createdBy = admin, ...draft } = {}) => insertApiKey(query, createdBy, draft)),
  addInvitation: async ({ query, organization, admin }, use) =>
    use((email = `${randomUUID().slice(0, 8)}@partner.example`, state = 'pending') =>
      insertInvitation(query, organization, { email, state, inviter: admin }),
    ),
  addScan: async ({ query, organization }, use) =>
    use((state, name) => insertScan(query, organization, state, name)),
  addOidcConnection: async ({ query, organization }, use) =>
    use((name) => insertOidcConnection(query, organization, name)),
  addView: async ({ query, admin }, use) => use((name) => insertView(query, admin, name)),

  neighbour: async ({ query }, use) => {
    const id = randomUUID();
    const secret = `neighbour-${id.slice(0, 8)}`;
    const organization = { id, slug: secret, name: `Globex ${secret}` };
    await query('INSERT INTO organization (id, slug, name) VALUES ($1, $2, $3)', [
      id,
      secret,
      organization.name,
    ]);
    const [event] = await insertEvents(query, organization, [
      { targets: [{ type: 'scan', id: randomUUID(), name: `${secret}-scan` }] },
    ]);
    if (!event) throw new Error('the neighbour has no event');
    const integrationId = await insertIntegration(query, organization, 'paused', `${secret}-splunk`);
    const inviter = { id: randomUUID(), name: `${secret}-person` };
    await query(
      `INSERT INTO app_user (id, organization_id, email, name, role) VALUES ($1, $2, $3, $4, 'admin')`,
      [inviter.id, id, `${secret}@globex.example`, inviter.name],
    );
    const invitation = await insertInvitation(query, organization, {
      email: `${secret}-invited@globex.example`,
      inviter,
    });
    const scan = await insertScan(query, organization, 'finished', `${secret}-shop`);
    await use({ organization, event, integrationId, personId: inviter.id, invitation, scan, secret });
  },

  adminPage: async ({ page, admin, baseURL }, use) => {
    await signInUnseen(page, admin, baseURL);
    await use(page);
  },

  openAs: async ({ browser, addPerson, baseURL }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (role) => {
      const context = await browser.newContext();
      contexts.push(context);
      const page = await context.newPage();
      await signInUnseen(page, await addPerson(role), baseURL);
      return page;
    });
    for (const context of contexts) await context.close();
  },

  stranger: async ({ browser }, use) => {
    const context = await browser.newContext();
    await use(await context.newPage());
    await context.close();
  },
});

type InvitationDraft = {
  email: string;
  inviter: { id: string; name: string };
  state?: 'pending' | 'expired';
};

async function insertInvitation(
  query: Query,
  { id: organizationId }: Organization,
  { email, inviter, state = 'pending' }: InvitationDraft,
): Promise<AddedInvitation> {
  const [id, token] = [randomUUID(), randomBytes(32).toString('base64url')];
  await query(
    `INSERT INTO invitation (id, organization_id, email, role, token_hash, invited_by_id, invited_by_name, expires_at)
     VALUES ($1, $2, $3, 'auditor', $4, $5, $6, now() + $7::interval)`,
    [
      id,
      organizationId,
      email,
      createHash('sha256').update(token).digest(),
      inviter.id,
      inviter.name,
      state === 'pending' ? '1 day' : '-1 day',
    ],
  );
  return { id, email, token };
}

async function insertIntegration(
  query: Query,
  { id: organizationId }: Organization,
  state: StreamState,
  name = `Splunk ${state}`,
): Promise<string> {
  const id = randomUUID();
  const url = `https://${hidden.host}:8088`;
  await query(
    `INSERT INTO siem_integration (id, organization_id, name, hec_url, event_url, index, token_sealed, token_last4,
                                   token_set_at, channel)
     VALUES ($1, $2, $3, $4, $4 || '/services/collector/event', 'audit', 'sealed', $5, now(), $6)`,
    [id, organizationId, name, url, hidden.last4, randomUUID()],
  );
  // An attempt that is due in a year keeps the streamer of the stack away.
  await query(
    `INSERT INTO siem_stream (integration_id, organization_id, state, paused_by, start_seq, cursor, next_attempt_at,
                              first_failure_at, last_error_at, last_error)
     SELECT $1, $2, $3::stream_state, CASE WHEN $3 = 'paused' THEN 'Alice Fox' END, 0, seq, now() + interval '1 year',
            CASE WHEN $4::jsonb IS NOT NULL THEN now() END, CASE WHEN $4::jsonb IS NOT NULL THEN now() END, $4
       FROM audit_head WHERE organization_id = $2`,
    [id, organizationId, state, lastErrors[state] && JSON.stringify(lastErrors[state])],
  );
  await query(
    `INSERT INTO siem_receipt (integration_id, first_seq, last_seq, events, bytes, http_status, hec_code, attempts,
                               latency_ms, sent_at)
     SELECT $1, 1, seq, seq, 900 * seq, 200, 0, 1, 12, now() FROM audit_head WHERE organization_id = $2 AND seq > 0`,
    [id, organizationId],
  );
  return id;
}

async function insertApiKey(query: Query, creator: Person, draft: KeyDraft): Promise<AddedKey> {
  const id = randomUUID();
  const { name = `key ${id}`, createdAt = new Date(), lastUsedAt, revokedAt } = draft;
  const inAMonth = new Date(Date.now() + 30 * 86_400_000);
  const { prefix, text, secretHash } = generateKey();
  await query(
    `INSERT INTO api_key (id, organization_id, name, prefix, secret_hash, scopes, created_by_id, created_by_name,
                          created_at, expires_at, last_used_at, last_used_ip, revoked_at)
     SELECT $1, organization_id, $2, $3, $4, $5, id, name, $6, $7, $8, $9, $10 FROM app_user WHERE id = $11`,
    [
      id,
      name,
      prefix,
      Buffer.from(secretHash),
      draft.scopes ?? scopes,
      createdAt,
      draft.expiresAt === undefined ? inAMonth : draft.expiresAt,
      lastUsedAt,
      lastUsedAt && '198.51.100.7',
      revokedAt,
      creator.id,
    ],
  );
  return { id, name, prefix, text };
}

/** The cookie that says who is signed in. Its name belongs to the installation. */
export async function sessionCookie(context: BrowserContext) {
  const cookie = (await context.cookies()).find(({ name }) => name.endsWith('-session'));
  if (!cookie) throw new Error('nobody is signed in');
  return cookie;
}

/** What the page refuses, in its words. Next has an alert of its own outside of main, for changes of page. */
export function refusal(page: Page): Locator {
  return page.getByRole('main').getByRole('alert');
}

export { expect, insertPerson, type Organization, type Person, signIn };
