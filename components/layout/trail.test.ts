import { describe, expect, it } from 'vitest';
import { isCurrentPage } from '@/components/layout/current-page';
import { trailOf } from '@/components/layout/trail';

describe('the breadcrumbs lead from the section to the page', () => {
  it.each([
    ['/', ['Overview']],
    ['/account', ['Account']],
    ['/scans/new', ['Scans', 'New scan']],
    ['/scans/0193c5a2/runs/0193c5a3', ['Scans', 'Scan', 'Run']],
    ['/settings/audit-log', ['Settings', 'Audit Log']],
    ['/settings/siem/splunk/new', ['Settings', 'SIEM', 'Add Splunk integration']],
    [
      '/settings/siem/splunk/0193c5a2/delete',
      ['Settings', 'SIEM', 'Splunk integration', 'Delete integration'],
    ],
    ['/settings/siem/splunk/0193c5a2/unheard-of', ['Settings', 'SIEM', 'Splunk integration']],
    ['/settings/api-keys/new', ['Settings', 'API keys', 'Create key']],
    ['/settings/api-keys/0193c5a2/revoke', ['Settings', 'API keys', 'API key', 'Revoke key']],
    ['/settings/members/0193c5a2/deactivate', ['Settings', 'Members', 'Member', 'Deactivate']],
    [
      '/settings/members/invitations/0193c5a2/revoke',
      ['Settings', 'Members', 'Invitations', 'Invitation', 'Revoke'],
    ],
    ['/nowhere', []],
  ])('%s', (path, labels) => {
    expect(trailOf(path).map(({ label }) => label)).toEqual(labels);
  });
});

describe('the navigation marks the page one is on', () => {
  it('and the item above it, but Overview only on itself', () => {
    expect(isCurrentPage('/settings/siem', '/settings/siem/splunk/new')).toBe(true);
    expect(isCurrentPage('/settings/siem', '/settings/siems')).toBe(false);
    expect(isCurrentPage('/', '/account')).toBe(false);
    expect(isCurrentPage('/', '/')).toBe(true);
  });
});
