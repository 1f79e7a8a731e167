import { readFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(import.meta.dirname, 'tls');

/** The text of `tls/<name>.pem`: a key and its certificates for a server, or one certificate for an authority. */
export function pem(
  name: 'ca' | 'trusted' | 'wrong-host' | 'expired' | 'self-signed' | 'splunk-default',
): string {
  return readFileSync(path.join(folder, `${name}.pem`), 'utf8');
}
