import { headerEvidence } from '@/lib/scans/checks/evidence';
import type { Finding } from '@/lib/scans/checks/finding';
import { headerOf, type Sight } from '@/lib/scans/checks/sight';

const name = 'referrer-policy';
const remedy = 'Send Referrer-Policy: strict-origin-when-cross-origin, or no-referrer.';

/** Policies that tell other sites no more than the origin. */
const careful: ReadonlySet<string> = new Set([
  'no-referrer',
  'same-origin',
  'origin',
  'strict-origin',
  'strict-origin-when-cross-origin',
  'origin-when-cross-origin',
]);
const careless: ReadonlySet<string> = new Set(['unsafe-url', 'no-referrer-when-downgrade']);

/** How much of an address other sites get to see. */
export function checkReferrerPolicy({ page }: Sight): Finding[] {
  if (!page) return [];
  const value = headerOf(page, name);
  const evidence = headerEvidence(name, value);
  // The last one that a browser knows holds; older ones stand before it for older browsers.
  const policies = (value ?? '').split(',').map((policy) => policy.trim().toLowerCase());
  const policy = policies.findLast((candidate) => careful.has(candidate) || careless.has(candidate));
  if (policy === undefined) {
    return [
      {
        id: 'referrer.missing',
        severity: 'info',
        title: 'How much of an address other sites see is left to the browser',
        evidence,
        remedy,
      },
    ];
  }
  if (careless.has(policy)) {
    return [
      {
        id: 'referrer.unsafe',
        severity: 'low',
        title: 'Other sites see whole addresses of this one',
        evidence,
        remedy,
      },
    ];
  }
  return [
    { id: 'referrer', severity: 'pass', title: 'Addresses stay within the site', evidence, remedy: '' },
  ];
}
