import { evidenceOf } from '@/lib/scans/checks/evidence';
import type { Finding } from '@/lib/scans/checks/finding';
import { shownAddress } from '@/lib/scans/checks/shown-address';
import type { Sight } from '@/lib/scans/checks/sight';

/** Whether the target serves a page at all. One that nobody answers for has no findings: its run fails. */
export function checkReachability({ page }: Sight): Finding[] {
  if (!page) return [];
  const evidence = evidenceOf(`${shownAddress(page.url)} answers ${page.status}`);
  if (page.status >= 500) {
    return [
      {
        id: 'reachability.server-error',
        severity: 'medium',
        title: 'The target answers with a server error',
        evidence,
        remedy: 'Look into the log of the server. The other results describe its error page.',
      },
    ];
  }
  // 401 and 403 are pages of their own: somebody has to sign in first.
  if (page.status >= 400 && page.status !== 401 && page.status !== 403) {
    return [
      {
        id: 'reachability.no-page',
        severity: 'low',
        title: 'There is no page at the target',
        evidence,
        remedy: 'Scan an address that serves a page. The other results describe the error page.',
      },
    ];
  }
  return [{ id: 'reachability', severity: 'pass', title: 'The target answers', evidence, remedy: '' }];
}
