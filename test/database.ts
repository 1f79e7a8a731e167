import { afterAll, beforeAll, inject } from 'vitest';
import { runAsSuperuser, templateDatabase } from '@/test/cluster';

/**
 * Gives the test file its own database: a clone of the migrated template, dropped at the end. Call it once, at the top
 * level of the file. DATABASE_URL already points there, so `pool`, `prisma` and `env()` are simply imported.
 *
 * `superuserUrl` signs in to the same database as the superuser, for a test that plays the attacker; the application's
 * own account owns the database and is no superuser.
 */
export function useDatabase(): { url: string; superuserUrl: string } {
  const url = process.env.DATABASE_URL ?? '';
  const cluster = inject('superuserUrl');
  const superuser = new URL(cluster);
  superuser.pathname = new URL(url).pathname;
  const name = superuser.pathname.slice(1);

  beforeAll(() =>
    runAsSuperuser(
      cluster,
      `CREATE DATABASE ${name} TEMPLATE ${templateDatabase} OWNER tracekeep STRATEGY file_copy`,
    ),
  );
  // WITH (FORCE) closes the sessions of pools that the tests left open.
  afterAll(() => runAsSuperuser(cluster, `DROP DATABASE ${name} WITH (FORCE)`));

  return { url, superuserUrl: superuser.href };
}
