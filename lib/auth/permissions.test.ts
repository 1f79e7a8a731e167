import { expect, test } from 'vitest';
import { can, type Permission, roles } from '@/lib/auth/permissions';
import { Role } from '@/lib/db/generated/enums';

/** Written out a second time on purpose: a change of the matrix has to be made twice. */
const expected: Record<Permission, string> = {
  'account.manage': 'admin auditor member',
  'audit_log.read': 'admin auditor',
  'audit_log.export': 'admin auditor',
  'audit_log.verify': 'admin auditor',
  'audit_log.manage': 'admin',
  'siem.read': 'admin auditor',
  'siem.manage': 'admin',
  'members.manage': 'admin',
  'authentication.manage': 'admin',
  'api_keys.manage': 'admin',
  'scans.read': 'admin auditor member',
  'scans.manage': 'admin',
};

test.each(Object.entries(expected) as [Permission, string][])('%s belongs to %s', (permission, holders) => {
  expect(roles.filter((role) => can(role, permission)).join(' ')).toBe(holders);
});

test('the roles are those of the database', () => {
  expect([...roles].sort()).toEqual(Object.values(Role).sort());
});
