import { X509Certificate } from 'node:crypto';
import type { TlsTrust } from '@/lib/net/tls-trust';
import { problem, type TypedProblem } from '@/lib/net/typed-value';

export type { TlsTrust } from '@/lib/net/tls-trust';

/** A chain of four certificates has some 8 KiB. Bytes. */
const maxPemBytes = 64 * 1024;
const certificateBlock =
  /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]*-----END (?:TRUSTED )?CERTIFICATE-----/g;

/**
 * The trust as it is stored: of a PEM text the certificates alone, of a fingerprint Node's way to write it. A problem is
 * a PEM text of more than 64 KiB, with a private key, or without a certificate authority that could vouch for anything,
 * and what is no SHA-256 fingerprint.
 */
export function parseTrust(typed: TlsTrust): { readonly ok: true; readonly trust: TlsTrust } | TypedProblem {
  switch (typed.kind) {
    case 'system':
      return { ok: true, trust: { kind: 'system' } };
    case 'ca':
      return parseAuthorities(typed.pem);
    case 'pinned':
      return parseFingerprint(typed.fingerprint256);
  }
}

/** The two columns of a trust, of which at most one is set. */
export function trustColumns(trust: TlsTrust) {
  return {
    caCertificate: trust.kind === 'ca' ? trust.pem : null,
    pinnedFingerprint: trust.kind === 'pinned' ? trust.fingerprint256 : null,
  };
}

/** The trust that an integration's row holds. */
export function storedTrust(row: {
  readonly caCertificate: string | null;
  readonly pinnedFingerprint: string | null;
}): TlsTrust {
  if (row.pinnedFingerprint !== null) return { kind: 'pinned', fingerprint256: row.pinnedFingerprint };
  return row.caCertificate === null ? { kind: 'system' } : { kind: 'ca', pem: row.caCertificate };
}

/** A trust in a few words, for the audit log and for pages. */
export function describeTrust(trust: TlsTrust): string {
  if (trust.kind === 'system') return 'authorities of the system';
  if (trust.kind === 'pinned') return `certificate ${trust.fingerprint256}`;
  const [first, ...others] = certificatesOf(trust.pem).filter(({ ca }) => ca);
  if (!first) return 'own authority';
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return `own authority ${commonName(first)}${more}, ${first.fingerprint256}`;
}

function parseAuthorities(pem: string): ReturnType<typeof parseTrust> {
  if (pem.trim() === '') {
    return problem(
      'Paste or choose the certificate of your CA',
      'A PEM file: it begins with -----BEGIN CERTIFICATE-----.',
    );
  }
  if (Buffer.byteLength(pem) > maxPemBytes) {
    return problem('The certificate file is larger than 64 KiB', 'Choose only the certificate of your CA.');
  }
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) {
    return problem(
      'The file contains a private key',
      'Choose only the certificate. Treat the key as known to others if you sent it elsewhere, too.',
    );
  }
  const certificates = certificatesOf(pem);
  if (certificates.length === 0) {
    return problem(
      'The file contains no certificate that can be read',
      'It must be PEM, which begins with -----BEGIN CERTIFICATE-----. Convert others: openssl x509 -inform der -in ca.cer -out ca.pem.',
    );
  }
  if (!certificates.some(({ ca }) => ca)) {
    return problem(
      'The file contains no certificate of a certificate authority (CA)',
      'Choose the certificate of the CA that issued the one of Splunk, or trust exactly that one instead.',
    );
  }
  // OpenSSL follows a chain to its end: an intermediate authority alone vouches for nothing.
  if (!certificates.some((certificate) => certificate.ca && certificate.checkIssued(certificate))) {
    return problem(
      'The file contains no root certificate',
      'Add the certificate at the end of the chain, which your CA signed itself.',
    );
  }
  return { ok: true, trust: { kind: 'ca', pem: certificates.map(String).join('') } };
}

/** The certificates of a PEM text; none of them when one cannot be read. */
function certificatesOf(pem: string): X509Certificate[] {
  try {
    return (pem.match(certificateBlock) ?? []).map((block) => new X509Certificate(block));
  } catch {
    return [];
  }
}

function commonName({ subject }: X509Certificate): string {
  const name = /^CN=(.*)$/m.exec(subject)?.[1] ?? subject.replaceAll('\n', ', ');
  return name.slice(0, 100);
}

function parseFingerprint(typed: string): ReturnType<typeof parseTrust> {
  const bytes = typed.replace(/^\s*sha-?256(?: fingerprint)?\s*[:=]/i, '').replace(/[\s:]/g, '');
  if (!/^[0-9a-f]{64}$/i.test(bytes)) {
    return problem(
      'This is not a SHA-256 fingerprint',
      'It has 64 hexadecimal digits, usually in pairs with colons. Test the connection to see the certificate.',
    );
  }
  const fingerprint256 = (bytes.toUpperCase().match(/../g) ?? []).join(':');
  return { ok: true, trust: { kind: 'pinned', fingerprint256 } };
}
