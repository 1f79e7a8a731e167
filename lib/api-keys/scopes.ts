import { can, type Permission, type Role } from '@/lib/auth/permissions';

/** What a key may do, and the permission that a person needs for the same: the whole table. */
export const scopePermissions = {
  'audit_log:read': 'audit_log.read',
  'siem:read': 'siem.read',
  'scans:read': 'scans.read',
  'scans:write': 'scans.manage',
} as const satisfies Record<string, Permission>;

export type Scope = keyof typeof scopePermissions;

/** The scopes in their order. */
export const scopes = Object.keys(scopePermissions).filter(isScope);

export function isScope(name: string): name is Scope {
  return Object.hasOwn(scopePermissions, name);
}

/** Those of the scopes that somebody of this role may use: a key never does more than its creator may do now. */
export function scopesWithin(role: Role, granted: readonly Scope[]): Scope[] {
  return granted.filter((scope) => can(role, scopePermissions[scope]));
}
