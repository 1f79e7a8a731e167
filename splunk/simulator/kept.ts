import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { issueCertificate } from '@/splunk/simulator/certificate';
import type { TlsOptions } from '@/splunk/simulator/tls-variants';

const certificateSchema = z.object({ key: z.string(), cert: z.string() });

/** The token of earlier runs, so that a restart does not orphan the integrations set up with it. */
export function keptToken(dataDir: string): Promise<string> {
  return kept(path.join(dataDir, 'splunk-token'), randomUUID);
}

/** The self-signed certificate of earlier runs, so that whoever pinned its fingerprint may go on. */
export async function keptCertificate(dataDir: string): Promise<TlsOptions> {
  const names = ['localhost', '127.0.0.1'];
  const file = path.join(dataDir, 'splunk-certificate.json');
  const text = await kept(file, () => JSON.stringify(issueCertificate({ commonName: 'localhost', names })));
  return certificateSchema.parse(JSON.parse(text));
}

/** The content of a file that only its owner can read, made when there is none. */
async function kept(file: string, make: () => string): Promise<string> {
  const found = (await readFile(file, 'utf8').catch(() => '')).trim();
  const content = found || make();
  if (found === '') {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `${content}\n`, { mode: 0o600 });
  }
  await chmod(file, 0o600);
  return content;
}
