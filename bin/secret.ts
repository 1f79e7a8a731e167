import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isErrno } from '@/bin/postgres/binaries';

/**
 * The secret that `DATA_DIR/secret` holds: 32 random bytes in hexadecimal, made at the first start and readable by its
 * owner alone. Losing it means losing what it seals, the HEC tokens among them.
 */
export async function keptSecret(dataDirectory: string): Promise<string> {
  const file = path.join(dataDirectory, 'secret');
  await mkdir(dataDirectory, { recursive: true, mode: 0o711 });
  try {
    await writeFile(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
    await chmod(file, 0o600);
  }
  return (await readFile(file, 'utf8')).trim();
}

/** What {@link keptSecret} made earlier; an empty text when it never did. */
export async function foundSecret(dataDirectory: string): Promise<string> {
  try {
    return (await readFile(path.join(dataDirectory, 'secret'), 'utf8')).trim();
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return '';
    throw error;
  }
}
