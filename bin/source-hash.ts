import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Folders and files that no build reads. What is not named here counts, so a new kind of source is never missed. */
const notBuilt = new Set([
  'node_modules',
  'bench',
  'bin',
  'docs',
  'e2e',
  'faults',
  'splunk',
  'test',
  'test-results',
]);
const notBuiltFile =
  /\.(md|test\.tsx?|tsbuildinfo)$|^(next-env\.d\.ts|LICENSE|biome\.json|knip\.jsonc?|vitest\.config\.ts|playwright\.config\.ts)$/;

/**
 * A digest of everything a build depends on: names and contents of the sources, the lock file, the configuration, the
 * version of Node, and the variables that Next writes into the browser's code.
 */
export async function sourceHash(directory: string): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const [name, value] of Object.entries(process.env).sort()) {
    if (name.startsWith('NEXT_PUBLIC_')) hash.update(`\0${name}=${value}`);
  }
  for (const file of await listSources(directory)) {
    const content = await readFile(path.join(directory, file));
    hash.update(`\0${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Relative paths, in an order that does not depend on the file system. */
async function listSources(directory: string, within = ''): Promise<string[]> {
  const entries = await readdir(path.join(directory, within), { withFileTypes: true });
  const lists = entries.map(async (entry) => {
    const file = path.posix.join(within, entry.name);
    if (entry.name.startsWith('.') || file === 'lib/db/generated') return [];
    if (entry.isDirectory()) return notBuilt.has(file) ? [] : listSources(directory, file);
    return entry.isFile() && !notBuiltFile.test(entry.name) ? [file] : [];
  });
  return (await Promise.all(lists)).flat().sort();
}
