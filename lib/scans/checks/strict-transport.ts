import { headerEvidence } from '@/lib/scans/checks/evidence';
import type { Finding } from '@/lib/scans/checks/finding';
import { headerOf, isSecure, type Sight } from '@/lib/scans/checks/sight';

const name = 'strict-transport-security';

/** Half a year in seconds: what preload lists and the common guides take as the least. */
const minMaxAge = 180 * 24 * 60 * 60;

const remedy = 'Send Strict-Transport-Security: max-age=31536000; includeSubDomains.';

/** HSTS (RFC 6797). Browsers heed it over https only. */
export function checkStrictTransport({ page }: Sight): Finding[] {
  if (!page || !isSecure(page)) return [];
  const value = headerOf(page, name);
  const evidence = headerEvidence(name, value);
  if (value === undefined) {
    return [
      {
        id: 'hsts.missing',
        severity: 'medium',
        title: 'Browsers are not told to insist on https',
        evidence,
        remedy,
      },
    ];
  }
  // Of several fields browsers heed the first.
  const maxAge = /^[^,]*?\bmax-age\s*=\s*"?(\d+)/i.exec(value)?.[1];
  if (maxAge === undefined || Number(maxAge) === 0) {
    return [{ id: 'hsts.off', severity: 'medium', title: 'HSTS is sent but switched off', evidence, remedy }];
  }
  if (Number(maxAge) < minMaxAge) {
    return [
      { id: 'hsts.short', severity: 'low', title: 'HSTS holds for less than half a year', evidence, remedy },
    ];
  }
  return [{ id: 'hsts', severity: 'pass', title: 'Browsers insist on https', evidence, remedy: '' }];
}
