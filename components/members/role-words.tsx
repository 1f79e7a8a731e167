import { type Role, roles } from '@/lib/auth/permissions';

/** What a role may do, for those who give it. */
const abilities: Record<Role, string> = {
  admin: 'everything: members, sign-in, integrations, keys, scans',
  auditor: 'reads the audit log, the SIEM status and scans',
  member: 'reads scans',
};

/** "Admin". */
export function roleLabel(role: Role): string {
  return role.charAt(0).toUpperCase() + role.slice(1);
}

export function RoleOptions() {
  return roles.map((role) => (
    <option key={role} value={role}>
      {roleLabel(role)}
    </option>
  ));
}

/** One line for each role. */
export function RoleGuide() {
  return (
    <dl className="grid gap-0.5 text-sm text-muted">
      {roles.map((role) => (
        <div key={role} className="flex gap-x-1.5">
          <dt className="font-medium text-ink">{roleLabel(role)}</dt>
          <dd>{abilities[role]}</dd>
        </div>
      ))}
    </dl>
  );
}
