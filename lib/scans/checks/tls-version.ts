import { evidenceOf } from '@/lib/scans/checks/evidence';
import type { Finding } from '@/lib/scans/checks/finding';
import type { Sight } from '@/lib/scans/checks/sight';

const outdatedCodes: ReadonlySet<string> = new Set([
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  'ERR_SSL_UNSUPPORTED_PROTOCOL',
]);

export function isOutdatedTls(code: string): boolean {
  return outdatedCodes.has(code);
}

/** The version that server and scanner, which takes TLS 1.2 at least, agree on. */
export function checkTlsVersion({ page, refusal }: Sight): Finding[] {
  if (refusal && isOutdatedTls(refusal.code)) {
    return [
      {
        id: 'tls.outdated',
        severity: 'high',
        title: 'The server speaks only outdated TLS',
        evidence: evidenceOf(`${refusal.url.host} refuses TLS 1.2 and 1.3`),
        remedy: 'Enable TLS 1.2 and 1.3 on the server: browsers take no other.',
      },
    ];
  }
  if (!page?.tls) return [];
  const evidence = evidenceOf(`${page.url.host} agrees on ${page.tls.protocol}`);
  if (page.tls.protocol === 'TLSv1.3') {
    return [{ id: 'tls', severity: 'pass', title: 'The server speaks TLS 1.3', evidence, remedy: '' }];
  }
  return [
    {
      id: 'tls.not-newest',
      severity: 'info',
      title: 'The server does not speak TLS 1.3',
      evidence,
      remedy: 'Enable TLS 1.3 on the server; TLS 1.2 remains acceptable.',
    },
  ];
}
