import { describe, expect, it } from 'vitest';
import { fingerprintOf, pem } from '@/lib/net/testing/tls-files';
import { describeTrust, parseTrust } from '@/lib/siem/splunk/trust';
import { issueCertificate } from '@/splunk/simulator/certificate';

const root = issueCertificate({ commonName: 'Acme Root CA', isCa: true });
const intermediate = issueCertificate({ commonName: 'Acme Issuing CA', isCa: true, issuer: root });

const ca = (text: string) => parseTrust({ kind: 'ca', pem: text });
const messageOf = (parsed: ReturnType<typeof parseTrust>) => (parsed.ok ? undefined : parsed.message);

describe('an own authority', () => {
  it('keeps the certificates of the file and nothing that stands around them', () => {
    const typed = `Acme's CA\r\n${intermediate.cert}\nsubject=whatever\n${root.cert}`;
    const parsed = ca(typed);
    expect(parsed).toMatchObject({ ok: true, trust: { kind: 'ca' } });
    const text = parsed.ok && parsed.trust.kind === 'ca' ? parsed.trust.pem : '';
    expect(text.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(text).not.toMatch(/Acme's|whatever/);
    expect(ca(text)).toEqual(parsed);
  });

  it.each([
    ['empty', ' \n', 'Paste or choose the certificate of your CA'],
    ['no PEM', 'MIIB', 'The file contains no certificate that can be read'],
    [
      'a block that is no certificate',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      'The file contains no certificate that can be read',
    ],
    ['more than 64 KiB', root.cert.padEnd(65_537, '\n'), 'The certificate file is larger than 64 KiB'],
    ['a key beside it', `${root.cert}${root.key}`, 'The file contains a private key'],
    [
      'a certificate of a server only',
      pem('self-signed').slice(pem('self-signed').indexOf('-----BEGIN CERT')),
      'The file contains no certificate of a certificate authority (CA)',
    ],
    ['an intermediate authority alone', intermediate.cert, 'The file contains no root certificate'],
  ])('%s: is refused', (_what, text, message) => expect(messageOf(ca(text))).toBe(message));

  it('is told by its name and fingerprint', () => {
    expect(describeTrust({ kind: 'ca', pem: pem('ca') })).toBe(
      `own authority Tracekeep test CA, ${fingerprintOf('ca')}`,
    );
  });
});

describe('a pinned fingerprint', () => {
  const fingerprint = fingerprintOf('self-signed');
  it.each([
    ['as Node writes it', fingerprint],
    ['as openssl writes it', `sha256 Fingerprint=${fingerprint}`],
    ['in lower case without colons', fingerprint.replaceAll(':', '').toLowerCase()],
    ['with spaces', ` ${fingerprint.replaceAll(':', ' ')}\n`],
  ])('%s is understood', (_what, fingerprint256) =>
    expect(parseTrust({ kind: 'pinned', fingerprint256 })).toEqual({
      ok: true,
      trust: { kind: 'pinned', fingerprint256: fingerprint },
    }),
  );

  it.each(['', fingerprint.slice(0, -1), `${fingerprint}:AA`, 'x'.repeat(64), fingerprint.slice(0, 59)])(
    '"%s" is refused',
    (fingerprint256) =>
      expect(messageOf(parseTrust({ kind: 'pinned', fingerprint256 }))).toBe(
        'This is not a SHA-256 fingerprint',
      ),
  );
});
