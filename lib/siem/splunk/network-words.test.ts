import { describe, expect, it } from 'vitest';
import type { HecReply } from '@/lib/siem/splunk/reply';
import { certificateOf, failure } from '@/lib/siem/splunk/testing/replies';
import { told } from '@/lib/siem/splunk/testing/told';

const expired = certificateOf({});
const foreign = certificateOf({ names: ['a.test', 'b.test'] });
const shipped = certificateOf({ issuer: 'SplunkCommonCA' });

/** Row of hec.md §4.2, what came back, message, a word of the cure, whether waiting may help. */
const rows: readonly [number, HecReply, string, RegExp, boolean][] = [
  [1, failure('ENOTFOUND'), 'We could not find splunk.acme.io', /http-inputs-/, true],
  [2, failure('EAI_AGAIN'), 'The DNS lookup for splunk.acme.io failed', /Try again/, true],
  [
    3,
    failure('ECONNREFUSED'),

    'splunk.acme.io refused the connection on port 8088',
    /Global Settings/,
    true,
  ],
  [
    4,
    failure('UND_ERR_CONNECT_TIMEOUT'),

    'splunk.acme.io did not answer on port 8088 within 5 seconds',
    /firewall/,
    true,
  ],
  [
    4,
    failure('EHOSTUNREACH'),

    'splunk.acme.io did not answer on port 8088 within 5 seconds',
    /firewall/,
    true,
  ],
  [
    5,
    failure('UND_ERR_HEADERS_TIMEOUT'),

    'splunk.acme.io took the connection but did not reply within 10 seconds',
    /overloaded/,
    true,
  ],
  [
    6,
    failure('DEPTH_ZERO_SELF_SIGNED_CERT'),

    'The certificate of splunk.acme.io is not trusted (self-signed)',
    /trust exactly this certificate/,
    false,
  ],
  [
    7,
    failure('SELF_SIGNED_CERT_IN_CHAIN', { certificate: shipped }),

    'splunk.acme.io still uses the certificate that Splunk is shipped with',
    /Replace/,
    false,
  ],
  [
    8,
    failure('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),

    'The certificate of splunk.acme.io is not trusted (unknown issuer)',
    /intermediate/,
    false,
  ],
  [
    9,
    failure('CERT_HAS_EXPIRED', { certificate: expired }),

    'The certificate of splunk.acme.io expired on 2021-02-03',
    /Renew/,
    false,
  ],
  [
    9,
    failure('CERT_NOT_YET_VALID', { certificate: expired }),

    'The certificate of splunk.acme.io is valid only from 2020-01-01 on',
    /clock/,
    false,
  ],
  [
    10,
    failure('ERR_TLS_CERT_ALTNAME_INVALID', { certificate: foreign }),

    'The certificate is for a.test, b.test, not for splunk.acme.io',
    /reissued/,
    false,
  ],
  [
    11,
    failure('ERR_SSL_WRONG_VERSION_NUMBER'),

    'Port 8088 answers without TLS',
    /Enable SSL/,
    false,
  ],
  [
    12,
    failure('UND_ERR_SOCKET', { secure: false, answered: false }),

    'splunk.acme.io closed the connection on port 8088 at once',
    /https:\/\//,
    true,
  ],
  [
    13,
    failure('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'),

    'splunk.acme.io offers only outdated TLS',
    /TLS 1\.2/,
    false,
  ],
  [
    14,
    failure('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'),

    'splunk.acme.io demands a client certificate, which we do not have',
    /requireClientCert/,
    false,
  ],
  [
    15,
    failure('ECONNRESET'),

    'splunk.acme.io closed the connection on port 8088',
    /disk space/,
    true,
  ],
  [
    16,
    failure('HPE_INVALID_CONSTANT'),

    'splunk.acme.io does not speak HTTP on port 8088',
    /9997/,
    false,
  ],
  [
    34,
    failure('ERR_PORT_REFUSED'),

    'HEC URL uses port 8088, which is not allowed',
    /8088 or 443/,
    false,
  ],
];

describe('every row of hec.md §4.2 in which nothing answers has its own words, next to the address', () => {
  it.each(rows)('row %i', (_row, reply, message, cure, retryable) => {
    expect(told(reply)).toEqual({ field: 'hecUrl', message, hint: expect.stringMatching(cure), retryable });
  });
});
