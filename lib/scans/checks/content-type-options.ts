import { headerEvidence } from '@/lib/scans/checks/evidence';
import type { Finding } from '@/lib/scans/checks/finding';
import { headerOf, type Sight } from '@/lib/scans/checks/sight';

const name = 'x-content-type-options';

/** Whether browsers may take a file for another kind than it says. */
export function checkContentTypeOptions({ page }: Sight): Finding[] {
  if (!page) return [];
  const value = headerOf(page, name);
  const evidence = headerEvidence(name, value);
  if (value?.split(',')[0]?.trim().toLowerCase() === 'nosniff') {
    return [{ id: 'nosniff', severity: 'pass', title: 'Browsers do not guess types', evidence, remedy: '' }];
  }
  return [
    {
      id: 'nosniff.missing',
      severity: 'low',
      title: 'Browsers may guess the type of a file',
      evidence,
      remedy: 'Send X-Content-Type-Options: nosniff.',
    },
  ];
}
