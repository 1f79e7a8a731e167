import { randomUUID } from 'node:crypto';
import type { Organization, Person } from '@/e2e/fixtures';
import { type AddedKey, test as base, expect, type Furnishings } from '@/e2e/furnished';

/** A page of the console as somebody can meet it. */
export type PageCase = {
  what: string;
  path: string;
  status?: number;
  /** Who sees it so; the admin unless it says otherwise. */
  as?: 'member' | 'auditor' | 'stranger';
};

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
  | 'addView'
> & {
  organization: Organization;
  addPerson(role: Person['role']): Promise<Person>;
};

/** The tests' fixtures with an organization that has one of everything, and `pages`, which names every page that shows it. */
export const test = base.extend<{ pages: PageCase[] }>({
  pages: async (
    {
      addEvents,
      addIntegration,
      addParked,
      addReplay,
      addApiKey,
      addInvitation,
      addScan,
      addOidcConnection,
      addView,
      addPerson,
      organization,
    },
    use,
  ) =>
    use(
      await furnish({
        addEvents,
        addIntegration,
        addParked,
        addReplay,
        addApiKey,
        addInvitation,
        addScan,
        addOidcConnection,
        addView,
        addPerson,
        organization,
      }),
    ),
});

export { expect };

async function furnish(make: Make): Promise<PageCase[]> {
  const { addEvents, addIntegration, addApiKey, addInvitation, addScan, addPerson } = make;
  const [event] = await addEvents(
    {
      action: 'user.update_role',
      targets: [{ type: 'user', id: randomUUID(), name: 'Ben Okafor' }],
      changes: [{ field: 'role', from: 'member', to: 'auditor' }],
      metadata: { from: 'member', to: 'auditor' },
    },
    {
      actor: { type: 'anonymous' },
      action: 'user.login_failed',
      outcome: 'failure',
      targets: [{ type: 'user', name: 'mira.sato@a-domain-with-quite-a-long-name.example' }],
      metadata: { method: 'email', reason: 'unknown_account' },
    },
    { actor: { type: 'system' }, context: { origin: 'scheduler' } },
    {
      actor: { type: 'user', id: randomUUID(), name: arabicName, role: 'member' },
      targets: [{ type: 'scan', id: randomUUID(), name: germanName }],
    },
    {
      actor: { type: 'api_key', name: 'ci-nightly' },
      context: { ip: '2001:db8:85a3:8d3:1319:8a2e:370:7348', origin: 'api' },
    },
    ...Array.from({ length: 30 }, () => ({})),
  );
  const integration = await addIntegration('healthy');
  const blocked = await addIntegration('blocked');
  for (const state of ['degraded', 'paused'] as const) await addIntegration(state);
  await addOneOfEachParked(make, integration);
  const quiet = await addIntegration('healthy', germanName);
  const key = await addOneOfEachKey(addApiKey);

  const person = await addPerson('member');
  const invitation = await addInvitation('carol@a-domain-with-quite-a-long-name.example');
  const expired = await addInvitation(undefined, 'expired');
  const view = await make.addView(`Failed scans of the ${germanName}`);
  await make.addOidcConnection();
  const [never, running, finished, failed] = [
    await addScan('never'),
    await addScan('running'),
    await addScan('finished', arabicName),
    await addScan('failed'),
  ];

  const scans = '/scans';
  const log = '/settings/audit-log';
  const siem = '/settings/siem';
  const keys = '/settings/api-keys';
  const members = '/settings/members';
  const authentication = '/settings/authentication';
  return [
    { what: 'sign-in', path: '/login', as: 'stranger' },
    { what: 'sign-in of an organization', path: `/login/${make.organization.slug}`, as: 'stranger' },
    { what: 'overview', path: '/' },
    { what: 'overview of a member', path: '/', as: 'member' },
    { what: 'scans', path: scans },
    { what: 'scans of a member', path: scans, as: 'member' },
    { what: 'new scan', path: `${scans}/new` },
    { what: 'scan that never ran', path: `${scans}/${never.id}` },
    { what: 'scan that is running', path: `${scans}/${running.id}` },
    { what: 'scan with findings', path: `${scans}/${finished.id}` },
    { what: 'scan that failed, of an auditor', path: `${scans}/${failed.id}`, as: 'auditor' },
    { what: 'run', path: `${scans}/${finished.id}/runs/${finished.runId}` },
    { what: 'schedule', path: `${scans}/${finished.id}/schedule` },
    { what: 'delete scan', path: `${scans}/${finished.id}/delete` },
    { what: 'audit log', path: `${log}?size=25` },
    { what: 'audit log with an open event', path: `${log}?actor=alice&event=${event?.id}` },
    { what: 'audit log without a match', path: `${log}?actor=nobody&result=failure&range=7d` },
    { what: 'audit log with notices', path: `${log}?actr=1&cursor=1` },
    { what: 'audit log, counts', path: `${log}/counts?result=failure&range=7d` },
    { what: 'export', path: `${log}/export?actor=alice&range=7d` },
    { what: 'export of nothing', path: `${log}/export?actor=nobody&actr=1&refused=often` },
    { what: 'integrity', path: `${log}/integrity` },
    { what: 'integrity of an auditor', path: `${log}/integrity?seq=1&hash=${'0'.repeat(64)}`, as: 'auditor' },
    { what: 'retention', path: `${log}/retention?days=400` },
    { what: 'event', path: `${log}/${event?.id}` },
    { what: 'views', path: `${log}/views?done=default&view=${view}` },
    { what: 'views of an auditor', path: `${log}/views`, as: 'auditor' },
    { what: 'save view', path: `${log}/views/new?actor=alice&range=7d` },
    { what: 'save view without a filter', path: `${log}/views/new?actr=1` },
    { what: 'view', path: `${log}/views/${view}` },
    { what: 'delete view', path: `${log}/views/${view}/delete` },
    { what: 'SIEM', path: siem },
    { what: 'SIEM of an auditor', path: siem, as: 'auditor' },
    { what: 'new integration', path: `${siem}/splunk/new` },
    { what: 'integration', path: `${siem}/splunk/${integration}` },
    { what: 'integration that is blocked', path: `${siem}/splunk/${blocked}?attempts=failed` },
    { what: 'edit settings', path: `${siem}/splunk/${integration}/edit` },
    { what: 'test connection', path: `${siem}/splunk/${integration}/test` },
    { what: 'replace token', path: `${siem}/splunk/${integration}/token` },
    { what: 'delete integration', path: `${siem}/splunk/${integration}/delete` },
    { what: 'parked events', path: `${siem}/splunk/${integration}/parked` },
    { what: 'no parked events', path: `${siem}/splunk/${quiet}/parked` },
    { what: 'retry all', path: `${siem}/splunk/${integration}/parked/retry` },
    { what: 'dismiss', path: `${siem}/splunk/${integration}/parked/1/dismiss` },
    { what: 'replays, and one that is refused', path: `${siem}/splunk/${integration}/replay?${everything}` },
    { what: 'preview of a replay', path: `${siem}/splunk/${quiet}/replay?${everything}` },
    { what: 'API keys', path: keys },
    { what: 'create key', path: `${keys}/new` },
    { what: 'API key', path: `${keys}/${key.id}` },
    { what: 'revoke key', path: `${keys}/${key.id}/revoke` },
    { what: 'members', path: members },
    { what: 'members without a match', path: `${members}?q=nobody&role=auditor&status=deactivated` },
    { what: 'member', path: `${members}/${person.id}` },
    { what: 'deactivate member', path: `${members}/${person.id}/deactivate` },
    { what: 'sign a member out', path: `${members}/${person.id}/sign-out` },
    { what: 'invitations', path: `${members}?tab=invitations` },
    { what: 'invitations without a row', path: `${members}?tab=invitations&state=revoked` },
    { what: 'invite people', path: `${members}/invite` },
    { what: 'invitation', path: `${members}/invitations/${invitation.id}` },
    { what: 'revoke invitation', path: `${members}/invitations/${invitation.id}/revoke` },
    { what: 'invitation to accept', path: `/invite/${invitation.token}`, as: 'stranger' },
    { what: 'invitation to somebody signed in', path: `/invite/${invitation.token}`, as: 'member' },
    { what: 'expired invitation', path: `/invite/${expired.token}`, as: 'stranger', status: 410 },
    { what: 'authentication', path: authentication },
    { what: 'OpenID Connect', path: `${authentication}/oidc` },
    { what: 'delete OpenID Connect', path: `${authentication}/oidc/delete` },
    { what: 'account', path: '/account' },
    { what: 'forbidden', path: log, as: 'member', status: 403 },
    { what: 'not found in the console', path: `${log}/${randomUUID()}`, status: 404 },
    { what: 'not found', path: '/no/such/page', status: 404 },
  ];
}

/** Other letters, from right to left, and longer words than English has. */
const arabicName = 'عبد الرحمن بن محمد الأنصاري';
const germanName = 'Rindfleischetikettierungsüberwachungsaufgabenübertragung';
const everything = 'from=2020-01-01T00:00&to=2030-01-01T00:00';

/** Parked events and replays in every state. */
async function addOneOfEachParked({ addParked, addReplay }: Make, integration: string): Promise<void> {
  await addParked(integration, 1);
  await addParked(integration, 2, { reason: 'x'.repeat(120), refusals: 1_204 });
  await addParked(integration, 3, { state: 'retrying' });
  await addParked(integration, 4, { state: 'delivered' });
  await addParked(integration, 5, { state: 'dismissed' });
  for (const state of ['running', 'paused', 'finished', 'cancelled'] as const)
    await addReplay(integration, state);
}

/** Keys in every state. Returns the one that was used a moment ago. */
async function addOneOfEachKey(addApiKey: Furnishings['addApiKey']): Promise<AddedKey> {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
  await addApiKey({
    name: 'old-dashboard',
    createdAt: inDays(-400),
    lastUsedAt: inDays(-61),
    expiresAt: null,
  });
  await addApiKey({ name: 'ends-soon', scopes: ['scans:read', 'scans:write'], expiresAt: inDays(5.5) });
  await addApiKey({ name: 'ended', scopes: ['siem:read'], expiresAt: inDays(-1), createdAt: inDays(-91) });
  await addApiKey({ name: arabicName, revokedAt: inDays(-1) });
  return addApiKey({ name: 'ci-nightly', scopes: ['audit_log:read'], lastUsedAt: new Date() });
}

/** Every address that shows something of an organization. */
export const addressesOf = (eventId: string, integrationId: string) => [
  '/',
  '/account',
  '/settings/audit-log',
  `/settings/audit-log?event=${eventId}`,
  `/settings/audit-log/${eventId}`,
  '/settings/audit-log/integrity',
  '/settings/audit-log/retention',
  '/settings/siem',
  '/settings/siem/splunk/new',
  `/settings/siem/splunk/${integrationId}`,
  `/settings/siem/splunk/${integrationId}/edit`,
  `/settings/siem/splunk/${integrationId}/test`,
  `/settings/siem/splunk/${integrationId}/token`,
  `/settings/siem/splunk/${integrationId}/delete`,
  `/settings/siem/splunk/${integrationId}/parked`,
  `/settings/siem/splunk/${integrationId}/parked/retry`,
  `/settings/siem/splunk/${integrationId}/parked/1/dismiss`,
  `/settings/siem/splunk/${integrationId}/replay`,
];
