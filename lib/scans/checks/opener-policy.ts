import { headerEvidence } from '@/lib/scans/checks/evidence';
import type { Finding } from '@/lib/scans/checks/finding';
import { headerOf, isSecure, type Sight } from '@/lib/scans/checks/sight';

const name = 'cross-origin-opener-policy';

const isolating: ReadonlySet<string> = new Set([
  'same-origin',
  'same-origin-allow-popups',
  'noopener-allow-popups',
]);

/** COOP: whether a page that opens this one keeps a hold on its window. Browsers heed it over https only. */
export function checkOpenerPolicy({ page }: Sight): Finding[] {
  if (!page || !isSecure(page)) return [];
  const value = headerOf(page, name);
  const evidence = headerEvidence(name, value);
  const policy = value?.split(/[;,]/)[0]?.trim().toLowerCase() ?? '';
  if (isolating.has(policy)) {
    return [
      { id: 'coop', severity: 'pass', title: 'Other sites have no hold on the window', evidence, remedy: '' },
    ];
  }
  return [
    {
      id: 'coop.missing',
      severity: 'low',
      title: 'A site that opens this one keeps a hold on its window',
      evidence,
      remedy: 'Send Cross-Origin-Opener-Policy: same-origin.',
    },
  ];
}
