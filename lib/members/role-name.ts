import type { Role } from '@/lib/auth/permissions';

/** "an admin", "an auditor", "a member". */
export function roleName(role: Role): string {
  return role === 'member' ? `a ${role}` : `an ${role}`;
}
