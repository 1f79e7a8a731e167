import { httpServer, rawServer } from '@/lib/net/testing/loopback-server';
import { ca, failing, lookup, type Row, secure, splunk } from '@/lib/siem/testing/diagnosis';

/** The rows of hec.md §4.2 in which no HTTP answer comes back. */
export const networkRows: Row[] = [
  {
    row: 1,
    stage: async () => ({ url: 'https://splunk.test:8088', lookup: failing('ENOTFOUND') }),
    message: /^We could not find splunk\.test$/,
    cure: /http-inputs-/,
    field: 'hecUrl',
    failed: 'DNS',
  },
  {
    row: 2,
    stage: async () => ({ url: 'https://splunk.test:8088', lookup: failing('EAI_AGAIN') }),
    message: /^The DNS lookup for splunk\.test failed$/,
    cure: /another network/,
    field: 'hecUrl',
    failed: 'DNS',
  },
  {
    row: 3,
    stage: async () => ({ url: 'http://127.0.0.1:1111' }),
    message: /^127\.0\.0\.1 refused the connection on port 1111$/,
    cure: /All Tokens: Enabled/,
    field: 'hecUrl',
    failed: 'TCP',
  },
  {
    row: 4,
    async stage() {
      const { port } = await rawServer(() => {});
      return { url: `https://splunk.test:${port}`, lookup, limits: { connectTimeoutMs: 100 } };
    },
    message: /^splunk\.test did not answer on port \d+ within 5 seconds$/,
    cure: /firewall/,
    field: 'hecUrl',
    failed: 'TLS',
  },
  {
    row: 5,
    stage: () =>
      splunk((running) => {
        running.answerNext({ delayMs: Number.POSITIVE_INFINITY });
        return { deadlineMs: 1_000 };
      }),
    message: /took the connection but did not reply within 1 seconds$/,
    cure: /overloaded/,
    field: 'hecUrl',
    failed: 'HEC',
  },
  {
    row: 6,
    stage: secure('self-signed'),
    message: /not trusted \(self-signed\)$/,
    cure: /trust exactly this certificate/,
    field: 'hecUrl',
    failed: 'TLS',
  },
  {
    row: 7,
    stage: secure('splunk-default'),
    message: /still uses the certificate that Splunk is shipped with$/,
    cure: /trusting its CA is not enough/,
    field: 'hecUrl',
    failed: 'TLS',
  },
  {
    row: 8,
    stage: secure('trusted'),
    message: /not trusted \(unknown issuer\)$/,
    cure: /upload the certificate of your CA/,
    field: 'hecUrl',
    failed: 'TLS',
  },
  {
    row: 9,
    stage: secure('expired', {}, ca),
    message: /expired on 2021-02-03$/,
    cure: /Renew it/,
    field: 'hecUrl',
    failed: 'TLS',
  },
  {
    row: 10,
    stage: secure('wrong-host', {}, ca),
    message: /^The certificate is for other\.test, not for splunk\.test$/,
    cure: /reissued/,
    field: 'hecUrl',
    failed: 'TLS',
  },
  {
    row: 11,
    async stage() {
      const { port } = await httpServer((_, response) => response.end());
      return { url: `https://splunk.test:${port}`, lookup };
    },
    message: /answers without TLS$/,
    cure: /Enable SSL/,
    field: 'hecUrl',
    failed: 'TLS',
  },
  {
    row: 12,
    async stage() {
      const { url, ...rest } = await secure('trusted')();
      return { ...rest, url: url.replace('https:', 'http:') };
    },
    message: /closed the connection on port \d+ at once$/,
    cure: /expects https:/,
    field: 'hecUrl',
    failed: 'HEC',
  },
  {
    row: 13,
    stage: secure(
      'trusted',
      { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
      ca,
    ),
    message: /offers only outdated TLS$/,
    cure: /TLS 1\.2/,
    field: 'hecUrl',
    failed: 'TLS',
  },
  {
    row: 14,
    stage: secure('trusted', { requestCert: true, rejectUnauthorized: true }, ca),
    message: /closed the connection/,
    cure: /requireClientCert/,
    field: 'hecUrl',
    failed: 'HEC',
  },
  {
    row: 15,
    stage: () =>
      splunk((running) => {
        running.answerNext({ destroy: 'after' });
        return undefined;
      }),
    message: /closed the connection on port \d+/,
    cure: /https:|disk space/,
    field: 'hecUrl',
    failed: 'HEC',
  },
  {
    row: 16,
    async stage() {
      const { port } = await rawServer((socket) => socket.end('220 mail.test ESMTP\r\n'));
      return { url: `http://127.0.0.1:${port}` };
    },
    message: /does not speak HTTP/,
    cure: /9997 is for forwarders/,
    field: 'hecUrl',
    failed: 'HEC',
  },
  {
    row: 34,
    stage: async () => ({ url: 'http://127.0.0.1:6000' }),
    message: /port 6000, which is not allowed$/,
    cure: /8088 or 443/,
    field: 'hecUrl',
    failed: 'Address',
  },
];
