import { createPrivateKey, generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { bitString, der, integer, objectId, sequence, time } from '@/splunk/simulator/der';

export type Certificate = { readonly key: string; readonly cert: string };

type CertificateRequest = {
  readonly commonName: string;
  /** DNS names and IPv4 addresses the certificate is good for; none leaves it good for no host. */
  readonly names?: readonly string[];
  /** A day ago when absent. */
  readonly notBefore?: Date;
  /** In ten years when absent. */
  readonly notAfter?: Date;
  /** Signs the certificate; self-signed when absent. */
  readonly issuer?: Certificate;
  readonly isCa?: boolean;
};

const dayMs = 86_400_000;
const ecdsaWithSha256 = sequence(objectId('1.2.840.10045.4.3.2'));

/**
 * Makes an X.509 certificate with a fresh P-256 key, in PEM. Tests need certificates that are self-signed, expired,
 * for another host or from a private CA; Node cannot make one and `openssl` is not on every machine.
 */
export function issueCertificate(request: CertificateRequest): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const issuer = request.issuer && new X509Certificate(request.issuer.cert);
  const now = Date.now();

  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))), // version 3
    integer(randomBytes(8)),
    ecdsaWithSha256,
    name(issuer ? commonNameOf(issuer) : request.commonName),
    sequence(
      time(request.notBefore ?? new Date(now - dayMs)),
      time(request.notAfter ?? new Date(now + 3650 * dayMs)),
    ),
    name(request.commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions(request))),
  );
  const signature = sign('sha256', body, createPrivateKey(request.issuer?.key ?? key));
  const certificate = sequence(body, ecdsaWithSha256, bitString(signature));
  return { key, cert: pem(certificate) };
}

function name(commonName: string): Buffer {
  const attribute = sequence(objectId('2.5.4.3'), der(0x0c, Buffer.from(commonName, 'utf8')));
  return sequence(der(0x31, attribute));
}

function commonNameOf(certificate: X509Certificate): string {
  return certificate.subject.replace(/^CN=/, '');
}

function extensions({ names = [], isCa = false }: CertificateRequest): Buffer[] {
  const critical = der(0x01, Buffer.from([0xff]));
  const constraints = isCa ? sequence(critical) : sequence();
  const basic = sequence(objectId('2.5.29.19'), critical, der(0x04, constraints));
  if (names.length === 0) return [basic];
  const alternatives = sequence(...names.map(alternativeName));
  return [basic, sequence(objectId('2.5.29.17'), der(0x04, alternatives))];
}

function alternativeName(value: string): Buffer {
  if (isIP(value) === 4) return der(0x87, Buffer.from(value.split('.').map(Number)));
  return der(0x82, Buffer.from(value, 'ascii'));
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
