import type { CauseId } from '@/lib/siem/splunk/cause';
import { notNow, orElse, type Target, type Words, wrongUrl } from '@/lib/siem/splunk/words';

const seconds = ({ deadlineMs = 30_000 }: Target) => `${Math.round(deadlineMs / 1_000)} seconds`;

/** The way to Splunk: names, addresses, connections. */
export const networkWords = {
  address_refused: () =>
    wrongUrl(
      'HEC URL points to a private address',
      'Ask your operator to allow it, or use a reachable address.',
    ),
  port_refused: (_, { port }) =>
    wrongUrl(`HEC URL uses port ${port}, which is not allowed`, 'HEC is usually on 8088 or 443.'),
  dns_not_found: (_, { host }) => ({
    ...wrongUrl(
      `We could not find ${host}`,
      'Check the spelling. On Splunk Cloud the host is http-inputs-<stack>.splunkcloud.com (AWS) or http-inputs.<stack>.splunkcloud.com (Google Cloud, Azure).',
    ),
    retryable: true,
  }),
  dns_failed: (_, { host }) =>
    notNow(
      'hecUrl',
      `The DNS lookup for ${host} failed`,
      'Try again. If it stays, the name may exist only inside another network.',
    ),
  connection_refused: (_, { host, port }) =>
    notNow(
      'hecUrl',
      `${host} refused the connection on port ${port}`,
      'In Splunk, enable HEC (Settings > Data inputs > HTTP Event Collector > Global Settings > All Tokens: Enabled) and check its HTTP port, usually 8088.',
    ),
  unreachable: (_, { host, port }) =>
    notNow(
      'hecUrl',
      `${host} did not answer on port ${port} within 5 seconds`,
      'A firewall probably drops the traffic. Allow this server in it, on Splunk Cloud in the IP allow list for HEC.',
    ),
  response_timeout: (_, target) =>
    notNow(
      'hecUrl',
      `${target.host} took the connection but did not reply within ${seconds(target)}`,
      `Splunk may be overloaded, or port ${target.port} is not HEC.`,
    ),
  response_truncated: (_, { host }) =>
    notNow(
      'hecUrl',
      `The answer of ${host} broke off`,
      'If it repeats, check the load balancer or proxy in front of Splunk.',
    ),
  connection_reset: (_, { host, port }) =>
    notNow(
      'hecUrl',
      `${host} closed the connection on port ${port}`,
      "If it repeats, check the load balancer, the indexers' disk space, and whether HEC demands a client certificate (requireClientCert), which we do not have.",
    ),
  plain_http_to_tls: (_, { host, port }) =>
    notNow('hecUrl', `${host} closed the connection on port ${port} at once`, 'This port expects https://.'),
  not_http: (_, { host, port }) =>
    wrongUrl(
      `${host} does not speak HTTP on port ${port}`,
      'Port 9997 is for forwarders. HEC is usually on 8088 or 443.',
    ),
  aborted: () => notNow('form', 'The attempt was interrupted', 'Try again.'),
  network_error: ({ networkCode }, { host }) =>
    notNow(
      'hecUrl',
      orElse(
        networkCode,
        `The connection to ${host} failed`,
        (code) => `The connection to ${host} failed (${code})`,
      ),
      'Try again. If it stays, look the code up in the log of this server.',
    ),
} satisfies Partial<Record<CauseId, Words>>;
