import { evidenceOf } from '@/lib/scans/checks/evidence';
import type { Finding } from '@/lib/scans/checks/finding';
import { headerOf, type Sight } from '@/lib/scans/checks/sight';

const names = ['server', 'x-powered-by', 'x-aspnet-version', 'x-aspnetmvc-version', 'x-generator'];

/** What the server tells everybody about its software. */
export function checkBanner({ page }: Sight): Finding[] {
  if (!page) return [];
  const told = names.flatMap((name) => {
    const value = headerOf(page, name);
    return value?.trim() ? [`${name}: ${value}`] : [];
  });
  const evidence = evidenceOf(told.join('; '));
  if (told.length === 0) {
    return [
      {
        id: 'banner',
        severity: 'pass',
        title: 'The software behind the page is not told',
        evidence: evidenceOf(`None of ${names.join(', ')}`),
        remedy: '',
      },
    ];
  }
  if (told.some((line) => /\d/.test(line.slice(line.indexOf(':'))))) {
    return [
      {
        id: 'banner.version',
        severity: 'low',
        title: 'The server tells the version of its software',
        evidence,
        remedy: 'Remove these headers, or at least the version: it says which attacks are worth trying.',
      },
    ];
  }
  return [
    {
      id: 'banner.product',
      severity: 'info',
      title: 'The server tells the name of its software',
      evidence,
      remedy: 'Remove these headers if nothing needs them.',
    },
  ];
}
