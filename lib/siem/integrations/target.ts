import type { TlsTrust } from '@/lib/net/tls-trust';
import type { Target } from '@/lib/siem/splunk/diagnose';

/** What a diagnosis names: host, port and index of a connection, and the one certificate that it trusts. */
export function diagnosisTarget(
  eventUrl: string,
  index: string | null | undefined,
  trust: TlsTrust = { kind: 'system' },
): Target {
  const { hostname, port, protocol } = new URL(eventUrl);
  const usual = protocol === 'https:' ? 443 : 80;
  return {
    host: hostname,
    port: port === '' ? usual : Number(port),
    index: index ?? undefined,
    ...(trust.kind === 'pinned' && { pinned: trust.fingerprint256 }),
  };
}
