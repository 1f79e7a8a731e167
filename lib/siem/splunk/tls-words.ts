import type { CauseId } from '@/lib/siem/splunk/cause';
import { notNow, orElse, type Words, wrongUrl } from '@/lib/siem/splunk/words';

/** The certificate and the handshake. */
export const tlsWords = {
  tls_self_signed: (_, { host }) =>
    wrongUrl(
      `The certificate of ${host} is not trusted (self-signed)`,
      'Install a certificate from a trusted CA on HEC, or test the connection and trust exactly this certificate.',
    ),
  tls_splunk_default: (_, { host }) =>
    wrongUrl(
      `${host} still uses the certificate that Splunk is shipped with`,
      'It does not contain your host name, so trusting its CA is not enough. Replace the server certificate of HEC, or test the connection and trust exactly this one.',
    ),
  tls_unknown_ca: (_, { host }) =>
    wrongUrl(
      `The certificate of ${host} is not trusted (unknown issuer)`,
      'Add the intermediate certificates on Splunk, or upload the certificate of your CA under Advanced settings.',
    ),
  tls_expired: ({ detail }, { host }) =>
    wrongUrl(
      orElse(
        detail,
        `The certificate of ${host} has expired`,
        (day) => `The certificate of ${host} expired on ${day}`,
      ),
      'Renew it on Splunk or on the load balancer.',
    ),
  tls_not_yet_valid: ({ detail }, { host }) =>
    wrongUrl(
      orElse(
        detail,
        `The certificate of ${host} is not valid yet`,
        (day) => `The certificate of ${host} is valid only from ${day} on`,
      ),
      'Check the clock of this server, then the certificate.',
    ),
  tls_wrong_host: ({ detail }, { host }) =>
    wrongUrl(
      orElse(
        detail,
        `The certificate is not for ${host}`,
        (names) => `The certificate is for ${names}, not for ${host}`,
      ),
      'Use a name that the certificate contains, or have it reissued for this one.',
    ),
  tls_not_spoken: (_, { port }) =>
    wrongUrl(
      `Port ${port} answers without TLS`,
      'Enable SSL in the Global Settings of HEC, or check the port.',
    ),
  tls_outdated: (_, { host }) =>
    wrongUrl(`${host} offers only outdated TLS`, 'Enable TLS 1.2 or newer on Splunk.'),
  tls_client_certificate: (_, { host }) =>
    wrongUrl(
      `${host} demands a client certificate, which we do not have`,
      'Set requireClientCert = false for HEC, or put a proxy in front of it.',
    ),
  tls_untrusted: ({ networkCode }, { host }) =>
    wrongUrl(
      `The certificate of ${host} is not trusted (${networkCode ?? 'refused'})`,
      'Replace the certificate on Splunk, or upload the certificate of your CA under Advanced settings.',
    ),
  tls_not_pinned: ({ detail }, { host, pinned }) =>
    wrongUrl(
      `${host} shows another certificate than the one that is trusted`,
      [
        ...(pinned ? [`Trusted is ${pinned}.`] : []),
        ...(detail ? [`Shown is ${detail}.`] : []),
        'If it was replaced on purpose, compare the fingerprint with Splunk, then edit the settings and trust the new one. If not, somebody may be in between.',
      ].join(' '),
    ),
  tls_failed: ({ networkCode }, { host }) =>
    notNow(
      'hecUrl',
      `The TLS handshake with ${host} failed (${networkCode ?? 'no code'})`,
      'Check the TLS settings of HEC: TLS 1.2 or newer, common ciphers, no client certificate.',
    ),
} satisfies Partial<Record<CauseId, Words>>;
