import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Load, loadLogs } from '@/bench/load-logs';
import { startPostgres } from '@/bin/postgres/cluster';
import { type Program, stage } from '@/bin/program';
import { root } from '@/bin/settings';
import { applyMigrations } from '@/prisma/migrations';

/**
 * Makes sure that `directory` holds a stopped database with these logs. It is kept for the next time: migrated as an
 * installation is when there are new migrations, and made anew when the generator has changed.
 */
export async function prepareLog(
  program: Program,
  directory: string,
  load: Omit<Load, 'until'>,
): Promise<void> {
  const stampFile = path.join(directory, 'loaded-from');
  const digest = await sourcesOf(load);
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === digest) {
    return migrateLog(directory);
  }
  await stage(program, `Generating ${load.events.toLocaleString('en')} events`, async () => {
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { recursive: true, mode: 0o711 });
    // Nothing is lost if this is interrupted: it has no stamp then, and is made again.
    const cluster = await startPostgres({ dataDirectory: directory, durable: false });
    try {
      await applyMigrations(cluster.url);
      const superuser = Object.assign(new URL(cluster.superuserUrl), {
        pathname: new URL(cluster.url).pathname,
      });
      await loadLogs(superuser.href, { ...load, until: startOfHour() });
    } finally {
      await cluster.stop();
    }
    await writeFile(stampFile, digest);
  });
}

/** The log ends a little before now, so that "the last 30 days" are full of events. */
function startOfHour(): Date {
  return new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000);
}

async function migrateLog(directory: string): Promise<void> {
  const cluster = await startPostgres({ dataDirectory: directory });
  try {
    await applyMigrations(cluster.url);
  } finally {
    await cluster.stop();
  }
}

async function sourcesOf(load: object): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(load));
  for (const file of ['generate-log.ts', 'load-logs.ts'])
    hash.update(await readFile(path.join(root, 'bench', file)));
  return hash.digest('hex');
}
