import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(import.meta.dirname, 'tls');

type PemFile = 'ca' | 'trusted' | 'wrong-host' | 'expired' | 'self-signed' | 'splunk-default';

/** The text of `tls/<name>.pem`: a key and its certificates for a server, or one certificate for an authority. */
export function pem(name: PemFile): string {
  return readFileSync(path.join(folder, `${name}.pem`), 'utf8');
}

/** SHA-256 of the file's first certificate, as Node writes it. */
export function fingerprintOf(name: PemFile): string {
  return new X509Certificate(pem(name)).fingerprint256;
}
