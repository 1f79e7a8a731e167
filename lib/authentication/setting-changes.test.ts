import { expect, test } from 'vitest';
import { settingChanges } from '@/lib/authentication/setting-changes';

const settings = {
  name: 'Acme SSO',
  issuer: 'https://id.example.com',
  clientId: 'tracekeep',
  scopes: 'openid email',
  allowedDomains: [],
  defaultRole: 'member',
  endpoints: {},
};

test('what was empty and stays empty is no change, also in a connection that is new', () => {
  const fields = settingChanges(undefined, settings, { secret: false }).map(({ field }) => field);
  expect(fields).toEqual(['name', 'issuer', 'client_id', 'scopes', 'default_role', 'endpoints']);
});

test('a list that is emptied says what was in it', () => {
  const before = { ...settings, allowedDomains: ['acme.example', 'partner.example'] };
  expect(settingChanges(before, settings, { secret: false })).toEqual([
    { field: 'allowed_domains', from: 'acme.example partner.example' },
  ]);
});
