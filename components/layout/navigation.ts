import {
  CircleUser,
  Fingerprint,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  Radar,
  ScrollText,
  Send,
  Users,
} from 'lucide-react';
import type { Permission } from '@/lib/auth/permissions';

export type NavigationItem = {
  href: string;
  /** The page's h1 says the same. */
  label: string;
  icon: LucideIcon;
  /** Whoever lacks it does not see the item; null is for everybody signed in. */
  permission: Permission | null;
};

export type NavigationSection = { label: string | null; items: readonly NavigationItem[] };

export const siemPath = '/settings/siem';

/** The sidebar, in order. The account is not listed: it stands with the person at the foot. */
export const navigation: readonly NavigationSection[] = [
  {
    label: null,
    items: [
      { href: '/', label: 'Overview', icon: LayoutDashboard, permission: null },
      { href: '/scans', label: 'Scans', icon: Radar, permission: 'scans.read' },
    ],
  },
  {
    label: 'Settings',
    items: [
      { href: '/settings/audit-log', label: 'Audit Log', icon: ScrollText, permission: 'audit_log.read' },
      { href: siemPath, label: 'SIEM', icon: Send, permission: 'siem.read' },
      { href: '/settings/members', label: 'Members', icon: Users, permission: 'members.manage' },
      {
        href: '/settings/authentication',
        label: 'Authentication',
        icon: Fingerprint,
        permission: 'authentication.manage',
      },
      { href: '/settings/api-keys', label: 'API keys', icon: KeyRound, permission: 'api_keys.manage' },
    ],
  },
];

export const accountItem: NavigationItem = {
  href: '/account',
  label: 'Account',
  icon: CircleUser,
  permission: null,
};
