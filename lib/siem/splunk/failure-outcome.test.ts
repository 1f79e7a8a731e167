import { describe, expect, it } from 'vitest';
import type { HecReply } from '@/lib/siem/splunk/reply';
import { config, judged, minute, transient } from '@/lib/siem/splunk/testing/judged';
import { certificateOf, failure } from '@/lib/siem/splunk/testing/replies';

describe('every row of hec.md §2.3: no answer', () => {
  const rows: readonly [string, HecReply, string, unknown][] = [
    ['ENOTFOUND', failure('ENOTFOUND'), 'dns_not_found', config(15 * minute)],
    ['EAI_AGAIN', failure('EAI_AGAIN'), 'dns_failed', transient()],
    ['EAI_FAIL', failure('EAI_FAIL'), 'dns_failed', transient()],
    ['ESERVFAIL', failure('ESERVFAIL'), 'dns_failed', transient()],
    ['ECONNREFUSED', failure('ECONNREFUSED'), 'connection_refused', transient()],
    ['EHOSTUNREACH', failure('EHOSTUNREACH'), 'unreachable', transient()],
    ['ENETUNREACH', failure('ENETUNREACH'), 'unreachable', transient()],
    ['connect timeout', failure('UND_ERR_CONNECT_TIMEOUT'), 'unreachable', transient()],
    ['ETIMEDOUT while connecting', failure('ETIMEDOUT', { sent: false }), 'unreachable', transient()],
    [
      'ETIMEDOUT after sending',
      failure('ETIMEDOUT', { sent: true }),
      'response_timeout',
      transient({ ambiguous: true, halveBatch: true }),
    ],
    [
      'ECONNRESET',
      failure('ECONNRESET'),
      'connection_reset',
      transient({ ambiguous: true, immediately: true }),
    ],
    ['EPIPE', failure('EPIPE'), 'connection_reset', transient({ ambiguous: true, immediately: true })],
    [
      'other side closed',
      failure('UND_ERR_SOCKET'),
      'connection_reset',
      transient({ ambiguous: true, immediately: true }),
    ],
    [
      'reset in the handshake: nothing was sent',
      failure('ECONNRESET', { sent: false }),
      'connection_reset',
      transient({ immediately: true }),
    ],
    [
      'http:// to a TLS port',
      failure('UND_ERR_SOCKET', { secure: false, sent: true, answered: false }),
      'plain_http_to_tls',
      transient({ ambiguous: true, immediately: true }),
    ],
    [
      'http:// to a port that has answered before',
      failure('UND_ERR_SOCKET', { secure: false, sent: true, answered: true }),
      'connection_reset',
      transient({ ambiguous: true, immediately: true }),
    ],
    [
      'headers timeout',
      failure('UND_ERR_HEADERS_TIMEOUT'),
      'response_timeout',
      transient({ ambiguous: true, halveBatch: true }),
    ],
    [
      'deadline',
      failure('ERR_DEADLINE'),
      'response_timeout',
      transient({ ambiguous: true, halveBatch: true }),
    ],
    ['aborted', failure('ERR_ABORTED'), 'aborted', transient({ ambiguous: true })],
    ['aborted before sending', failure('ERR_ABORTED', { sent: false }), 'aborted', transient()],
    ['self-signed', failure('DEPTH_ZERO_SELF_SIGNED_CERT'), 'tls_self_signed', config()],
    ['private CA', failure('SELF_SIGNED_CERT_IN_CHAIN'), 'tls_unknown_ca', config()],
    [
      "Splunk's own CA",
      failure('SELF_SIGNED_CERT_IN_CHAIN', { certificate: certificateOf({ issuer: 'SplunkCommonCA' }) }),
      'tls_splunk_default',
      config(),
    ],
    ['no issuer', failure('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'tls_unknown_ca', config()],
    ['no issuer here', failure('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'), 'tls_unknown_ca', config()],
    ['expired', failure('CERT_HAS_EXPIRED'), 'tls_expired', config()],
    ['not yet valid', failure('CERT_NOT_YET_VALID'), 'tls_not_yet_valid', config()],
    ['wrong host', failure('ERR_TLS_CERT_ALTNAME_INVALID'), 'tls_wrong_host', config()],
    ['revoked', failure('CERT_REVOKED'), 'tls_untrusted', config()],
    ['no TLS there', failure('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls_not_spoken', config()],
    ['no TLS there, as EPROTO', failure('EPROTO'), 'tls_not_spoken', config()],
    ['TLS 1.1', failure('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'), 'tls_outdated', config()],
    [
      'client certificate',
      failure('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'),
      'tls_client_certificate',
      config(),
    ],
    ['another alert', failure('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'), 'tls_failed', config(10 * minute)],
    ['not HTTP', failure('HPE_INVALID_CONSTANT'), 'not_http', config(minute)],
    ['endless headers', failure('UND_ERR_HEADERS_OVERFLOW'), 'not_http', config(minute)],
    ['refused address', failure('ERR_ADDRESS_REFUSED'), 'address_refused', config()],
    ['refused port', failure('ERR_PORT_REFUSED'), 'port_refused', config()],
    ['anything else', failure('EMFILE'), 'network_error', transient({ ambiguous: true })],
  ];

  it.each(rows)('%s', (_row, reply, id, outcome) => {
    expect(judged(reply)).toEqual([id, outcome]);
  });
});
