import { Client } from 'pg';
import { completeLogs, generateLog, type LogPlan, prepareGenerator } from '@/bench/generate-log';

/** The organization that is measured. */
export const big = { organizationId: '00000000-0000-4000-8000-000000000000', slug: 'big' };
const days = 400;

/** The organization to be measured has `events`; `others` organizations around it have `othersEvents` each. */
export type Load = { events: number; others: number; othersEvents: number; until: Date };

/** The n-th of the organizations around it. */
export function otherOrganization(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/**
 * Fills an empty, migrated database with one large organization, half of the others before it and half behind. One
 * transaction: the indexes are built when the table is full, and the triggers are back before anybody else sees it.
 */
export async function loadLogs(superuserUrl: string, load: Load): Promise<void> {
  const { events, others, othersEvents, until } = load;
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await prepareGenerator(client);
    await client.query('BEGIN');
    const triggers = await switchOffTriggers(client);
    // In the transaction that empties a table, a server with wal_level = minimal writes its rows once and not twice.
    await client.query('TRUNCATE audit_event');
    const indexes = await dropIndexes(client);
    const plans: LogPlan[] = Array.from({ length: others }, (_, n) => ({
      organizationId: otherOrganization(n + 1),
      slug: `other-${n + 1}`,
      events: othersEvents,
      days,
      until,
    }));
    plans.splice(Math.floor(others / 2), 0, { ...big, events, days, until });
    for (const plan of plans) await generateLog(client, plan);
    await completeLogs(client);
    for (const definition of indexes) await client.query(definition);
    for (const name of triggers) await client.query(`ALTER TABLE audit_event ENABLE ALWAYS TRIGGER ${name}`);
    await client.query('COMMIT');
    // Autovacuum would do it within a minute; a benchmark does not wait for it.
    for (const table of ['audit_event', 'audit_party', 'audit_head']) {
      await client.query(`VACUUM (ANALYZE) ${table}`);
    }
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}

/** Only a superuser can; the names are those that must come back. */
async function switchOffTriggers(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT tgname AS name FROM pg_trigger WHERE tgrelid = 'audit_event'::regclass AND NOT tgisinternal`,
  );
  for (const { name } of rows) await client.query(`ALTER TABLE audit_event DISABLE TRIGGER ${name}`);
  return rows.map(({ name }) => name);
}

/** Drops what can be built faster afterwards, and returns the statements that build it. */
async function dropIndexes(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
      WHERE tablename IN ('audit_event', 'audit_party') AND indexname NOT LIKE '%_pkey'`,
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows.map(({ definition }) => definition);
}
