/** What a person of the organization may be. Stored per user, read from the database at every request. */
export const roles = ['admin', 'auditor', 'member'] as const;
export type Role = (typeof roles)[number];

/** Who may do what: the whole matrix. The server's gate and the interface ask the same question of it. */
const holders = {
  'account.manage': ['admin', 'auditor', 'member'],
  'audit_log.read': ['admin', 'auditor'],
  'audit_log.export': ['admin', 'auditor'],
  'audit_log.verify': ['admin', 'auditor'],
  'audit_log.manage': ['admin'],
  'siem.read': ['admin', 'auditor'],
  'siem.manage': ['admin'],
  'members.manage': ['admin'],
  'authentication.manage': ['admin'],
  'api_keys.manage': ['admin'],
  'scans.read': ['admin', 'auditor', 'member'],
  'scans.manage': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof holders;

/** Whether a role carries a permission. Hiding a button by it is courtesy; the gate on the server decides. */
export function can(role: Role, permission: Permission): boolean {
  const allowed: readonly Role[] = holders[permission];
  return allowed.includes(role);
}
