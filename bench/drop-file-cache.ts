import { spawnSync } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Smaller files are the catalogue's, which every connection reads at once anyway. */
const minBytes = 1_000_000;

/**
 * Asks the kernel to forget the contents of a stopped database's files, so that the next reading comes from the disk.
 * Needs GNU dd; false where there is none, and then only PostgreSQL's own memory is cold after a restart.
 */
export async function dropFileCache(directory: string): Promise<boolean> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  for (const file of files) {
    if ((await stat(file)).size < minBytes) continue;
    const { status } = spawnSync('dd', [`if=${file}`, 'iflag=nocache', 'count=0', 'status=none'], {
      stdio: 'ignore',
    });
    if (status !== 0) return false;
  }
  return true;
}
