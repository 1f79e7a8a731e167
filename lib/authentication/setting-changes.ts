import type { Change } from '@/lib/audit/event';

/** What of a connection's row its admin decides, or its provider says. */
export type Settings = {
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: string;
  readonly allowedDomains: readonly string[];
  readonly defaultRole: string;
  readonly endpoints: unknown;
};

type Field =
  | 'name'
  | 'issuer'
  | 'client_id'
  | 'client_secret'
  | 'scopes'
  | 'allowed_domains'
  | 'default_role'
  | 'endpoints';
export type SettingChange = Change & { field: Field };

/** The fields that differ, with their old and new values; of the secret only that it was entered anew. */
export function settingChanges(
  before: Settings | undefined,
  after: Settings,
  { secret }: { secret: boolean },
): SettingChange[] {
  const of = (settings: Settings) =>
    [
      ['name', settings.name],
      ['issuer', settings.issuer],
      ['client_id', settings.clientId],
      ['scopes', settings.scopes],
      ['allowed_domains', settings.allowedDomains.join(' ')],
      ['default_role', settings.defaultRole],
      ['endpoints', sorted(settings.endpoints)],
    ] as const;
  const old = new Map<Field, string>(before && of(before));
  const changes: SettingChange[] = of(after)
    .filter(([field, to]) => (old.get(field) ?? '') !== to)
    .map(([field, to]) => ({ field, from: old.get(field) || undefined, to: to || undefined }));
  return secret ? [...changes, { field: 'client_secret' }] : changes;
}

/** PostgreSQL keeps the members of JSON in an order of its own. */
function sorted(endpoints: unknown): string {
  const members = typeof endpoints === 'object' && endpoints !== null ? Object.entries(endpoints) : [];
  return JSON.stringify(Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1))));
}
