import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '@/bin/settings';
import type { EventDraft } from '@/e2e/audit-events';
import { parseQuery } from '@/lib/audit/filter/query-text';
import { listAuditEvents } from '@/lib/audit/query/list-events';
import { addToLog, logOf } from '@/lib/audit/query/testing/log-of';
import { pool } from '@/lib/db/pool';
import { applyMigrations } from '@/prisma/migrations';
import { runAsSuperuser } from '@/test/cluster';
import { useDatabase } from '@/test/database';

const { url, superuserUrl } = useDatabase();
const migration = '20261124110000_audit_search';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'audit-search-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** A database of the version before the migration, for `work`, and a way to bring it up to date. */
async function withEarlierDatabase(
  work: (earlier: Client, upgrade: (change?: (sql: string) => string) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const name = `${new URL(url).pathname.slice(1)}_earlier`;
  const address = Object.assign(new URL(url), { pathname: `/${name}` }).href;
  await cp(path.join(root, 'prisma'), directory, { recursive: true });
  const file = path.join(directory, 'migrations', migration, 'migration.sql');
  const sql = await readFile(file, 'utf8');
  await runAsSuperuser(superuserUrl, `CREATE DATABASE ${name} OWNER tracekeep`);
  const earlier = new Client({ connectionString: address });
  try {
    // Neither what later migrations made was there.
    for (const later of await readdir(path.join(directory, 'migrations'))) {
      if (later >= migration && later !== 'migration_lock.toml')
        await rm(path.join(directory, 'migrations', later), { recursive: true });
    }
    await applyMigrations(address, directory);
    await earlier.connect();
    await work(earlier, async (change = (unchanged) => unchanged) => {
      await cp(path.join(root, 'prisma/migrations'), path.join(directory, 'migrations'), { recursive: true });
      await writeFile(file, change(sql));
      return applyMigrations(address, directory);
    });
  } finally {
    await earlier.end();
    await runAsSuperuser(superuserUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

const hour = (hours: number) => new Date(Date.UTC(2026, 10, 24) + hours * 3_600_000);
const drafts: EventDraft[] = [
  { time: hour(1), context: { origin: 'api', request_id: 'r1', session_id: 'z1', ip: '203.0.113.7' } },
  { time: hour(4), actor: { type: 'system' }, targets: [], context: { origin: 'system' } },
  { time: hour(2), actor: { type: 'anonymous' }, targets: [{ type: 'user', name: '' }] },
  { time: hour(3), actor: { type: 'user', id: '', name: '3:ä"\\,😀', email: 'a@b' } },
];

test('a log of an earlier version has after the migration what a log written now has, to the last column', async () => {
  const { organization } = await logOf(drafts);
  await withEarlierDatabase(async (earlier, upgrade) => {
    await earlier.query('INSERT INTO organization (id, slug, name) VALUES ($1, $2, $3)', [
      organization.id,
      organization.slug,
      organization.name,
    ]);
    const { rows } = await pool().query(
      'SELECT to_jsonb(e) AS event FROM audit_event e WHERE organization_id = $1 ORDER BY seq',
      [organization.id],
    );
    for (const { event } of rows) {
      await earlier.query('INSERT INTO audit_event SELECT (jsonb_populate_record(NULL::audit_event, $1)).*', [
        event,
      ]);
    }
    await upgrade();
    for (const [table, order] of [
      ['audit_event', 'seq'],
      ['audit_party', 'role, ref'],
      ['audit_head', 'seq'],
    ]) {
      const read = `SELECT to_jsonb(t) AS row FROM ${table} t WHERE organization_id = $1 ORDER BY ${order}`;
      const now = await pool().query(read, [organization.id]);
      const upgraded = await earlier.query(read, [organization.id]);
      expect(upgraded.rows, table).toEqual(now.rows);
      expect(now.rows.length, table).toBeGreaterThan(0);
    }
  });
});

test('a damaged record does not keep a log from being migrated, nor do missing extensions', async () => {
  const { organization } = await logOf([]);
  await withEarlierDatabase(async (earlier, upgrade) => {
    await earlier.query('INSERT INTO organization (id, slug, name) VALUES ($1, $2, $3)', [
      organization.id,
      organization.slug,
      organization.name,
    ]);
    await earlier.query(
      `INSERT INTO audit_event (organization_id, seq, id, occurred_at, action, outcome, actor_type, record, hash)
       VALUES ($1, 0, gen_random_uuid(), now(), 'user.login', 'success', 'user', '{"cut', '')`,
      [organization.id],
    );
    await upgrade((sql) => sql.replace('pg_trgm;', 'an_extension_that_is_not_there;'));
    const { rows } = await earlier.query(
      `SELECT origin, to_regclass('audit_party_text_idx') AS text_index FROM audit_event`,
    );
    expect(rows).toEqual([{ origin: null, text_index: null }]);
  });
});

test('free text finds the same without its index', async () => {
  const source = await logOf(drafts);
  const find = async (query: string) => {
    const { rows } = await listAuditEvents(source.organization.id, parseQuery(query, 'UTC').filter, {
      size: 25,
    });
    return rows.map(({ seq }) => seq);
  };
  const queries = ['alice', 'ä"', 'syst', 'zzz', '😀', 'prod-weekly'];
  const before = await Promise.all(queries.map(find));
  await pool().query('DROP INDEX audit_party_text_idx');
  expect(await Promise.all(queries.map(find))).toEqual(before);
  await addToLog(source, [{}]);
  expect(await find('alice')).toHaveLength((before[0]?.length ?? 0) + 1);
});
