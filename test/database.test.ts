import { Client } from 'pg';
import { expect, test } from 'vitest';
import { useDatabase } from '@/test/database';

const { url, superuserUrl } = useDatabase();

async function ask(connectionString: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows[0];
  } finally {
    await client.end();
  }
}

test('a test file has a migrated database of its own, which the application owns without being superuser', async () => {
  expect(
    await ask(
      url,
      `SELECT current_database() AS name, current_setting('is_superuser') AS superuser,
              pg_get_userbyid(datdba) AS owner, (SELECT count(*)::int FROM _prisma_migrations) > 0 AS migrated
         FROM pg_database WHERE datname = current_database()`,
    ),
  ).toEqual({ name: new URL(url).pathname.slice(1), superuser: 'off', owner: 'tracekeep', migrated: true });
  expect(await ask(superuserUrl, `SELECT current_setting('is_superuser') AS superuser`)).toEqual({
    superuser: 'on',
  });
});
