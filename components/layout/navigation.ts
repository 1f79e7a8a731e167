import type { Permission } from '@/lib/auth/permissions';

export type NavigationItem = {
  href: string;
  /** The page's h1 says the same. */
  label: string;
  /** Whoever lacks it does not see the item; null is for everybody signed in. */
  permission: Permission | null;
};

export type NavigationSection = { label: string | null; items: readonly NavigationItem[] };

export const siemPath = '/settings/siem';

/** The sidebar, in order. Its icons stand apart (navigation-icons.ts): the breadcrumbs take this to the browser. The account is not listed: it stands with the person at the foot. */
export const navigation: readonly NavigationSection[] = [
  {
    label: null,
    items: [
      { href: '/', label: 'Overview', permission: null },
      { href: '/scans', label: 'Scans', permission: 'scans.read' },
    ],
  },
  {
    label: 'Settings',
    items: [
      { href: '/settings/audit-log', label: 'Audit Log', permission: 'audit_log.read' },
      { href: siemPath, label: 'SIEM', permission: 'siem.read' },
      { href: '/settings/members', label: 'Members', permission: 'members.manage' },
      {
        href: '/settings/authentication',
        label: 'Authentication',
        permission: 'authentication.manage',
      },
      { href: '/settings/api-keys', label: 'API keys', permission: 'api_keys.manage' },
    ],
  },
];

export const accountItem: NavigationItem = {
  href: '/account',
  label: 'Account',
  permission: null,
};
