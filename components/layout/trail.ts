import { accountItem, navigation } from '@/components/layout/navigation';
import type { Crumb } from '@/components/ui/breadcrumbs';

/** Pages below those of the navigation. `*` is one segment, whatever it is; a level without a page of its own has another's address. */
const deeperPages: readonly { path: string; label: string; href?: string }[] = [
  { path: '/scans/new', label: 'New scan' },
  { path: '/scans/*', label: 'Scan' },
  { path: '/scans/*/schedule', label: 'Schedule' },
  { path: '/scans/*/delete', label: 'Delete scan' },
  { path: '/scans/*/runs/*', label: 'Run' },
  { path: '/settings/audit-log/counts', label: 'Counts' },
  { path: '/settings/audit-log/export', label: 'Export' },
  { path: '/settings/audit-log/views', label: 'Saved views' },
  { path: '/settings/audit-log/views/new', label: 'Save view' },
  { path: '/settings/audit-log/views/*', label: 'View' },
  { path: '/settings/audit-log/views/*/delete', label: 'Delete' },
  { path: '/settings/audit-log/integrity', label: 'Integrity' },
  { path: '/settings/audit-log/retention', label: 'Retention' },
  { path: '/settings/siem/splunk/new', label: 'Add Splunk integration' },
  { path: '/settings/siem/splunk/*', label: 'Splunk integration' },
  { path: '/settings/siem/splunk/*/edit', label: 'Edit settings' },
  { path: '/settings/siem/splunk/*/test', label: 'Test connection' },
  { path: '/settings/siem/splunk/*/token', label: 'Replace token' },
  { path: '/settings/siem/splunk/*/delete', label: 'Delete integration' },
  { path: '/settings/siem/splunk/*/parked', label: 'Parked events' },
  { path: '/settings/siem/splunk/*/parked/retry', label: 'Retry all' },
  { path: '/settings/siem/splunk/*/parked/*/dismiss', label: 'Dismiss' },
  { path: '/settings/siem/splunk/*/replay', label: 'Replay' },
  { path: '/settings/authentication/oidc', label: 'OpenID Connect' },
  { path: '/settings/authentication/oidc/delete', label: 'Delete' },
  { path: '/settings/api-keys/new', label: 'Create key' },
  { path: '/settings/api-keys/*', label: 'API key' },
  { path: '/settings/api-keys/*/revoke', label: 'Revoke key' },
  { path: '/settings/members/invite', label: 'Invite people' },
  { path: '/settings/members/invitations', label: 'Invitations', href: '/settings/members?tab=invitations' },
  { path: '/settings/members/*', label: 'Member' },
  { path: '/settings/members/*/deactivate', label: 'Deactivate' },
  { path: '/settings/members/*/sign-out', label: 'Sign out everywhere' },
  { path: '/settings/members/invitations/*', label: 'Invitation' },
  { path: '/settings/members/invitations/*/revoke', label: 'Revoke' },
];

function crumbOf(path: string): Crumb | undefined {
  const segments = path.split('/');
  const found = deeperPages.find((page) => {
    const pattern = page.path.split('/');
    return (
      pattern.length === segments.length && pattern.every((part, at) => part === '*' || part === segments[at])
    );
  });
  return found && { label: found.label, href: found.href ?? path };
}

/** The crumbs of a path: section, page of the navigation, named pages below it. An unknown path has no trail. */
export function trailOf(pathname: string): Crumb[] {
  const sections = [...navigation, { label: null, items: [accountItem] }];
  for (const { label, items } of sections) {
    const item = items.find(({ href }) => pathname === href || pathname.startsWith(`${href}/`));
    if (!item || (item.href === '/' && pathname !== '/')) continue;

    const trail: Crumb[] = [...(label ? [{ label }] : []), { label: item.label, href: item.href }];
    const below = pathname.slice(item.href.length).split('/').filter(Boolean);
    for (let depth = 1; depth <= below.length; depth += 1) {
      const path = `${item.href}/${below.slice(0, depth).join('/')}`;
      const crumb = crumbOf(path);
      if (crumb) trail.push(crumb);
    }
    return trail;
  }
  return [];
}
