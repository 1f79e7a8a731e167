import { hkdfSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { decode } from 'next-auth/jwt';
import { type Query, withDatabase } from '@/e2e/database';
import { sharedStack } from '@/e2e/stack';

/**
 * The tables of every schema, the job queue's too, in which some value of any type shows this text: as it is, in
 * hexadecimal, or in base64.
 */
export async function tablesThatHold(query: Query, text: string): Promise<string[]> {
  const bytes = Buffer.from(text);
  const forms = [text, bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, '')];
  const tables = await query<{ name: string }>(
    `SELECT CASE table_schema WHEN 'public' THEN '' ELSE quote_ident(table_schema) || '.' END || quote_ident(table_name) AS name
       FROM information_schema.tables
      WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await query(
      `SELECT 1 FROM ${name} AS r WHERE EXISTS (SELECT 1 FROM unnest($1::text[]) AS form WHERE strpos(r::text, form) > 0) LIMIT 1`,
      [forms],
    );
    if (rows.length > 0) found.push(name);
  }
  return found;
}

/** The token inside a session's cookie, which only the server can read. */
export async function sessionTokenIn(cookie: string): Promise<string> {
  const appSecret = await readFile(path.join(path.dirname(sharedStack().logFile), 'secret'), 'utf8');
  const key = Buffer.from(hkdfSync('sha256', appSecret.trim(), 'tracekeep', 'tracekeep/v1/next-auth', 32));
  const claims = await decode({ token: cookie, secret: key.toString('base64url') });
  if (typeof claims?.sid !== 'string') throw new Error('the cookie holds no session');
  return claims.sid;
}

/** Every table to which a form with a secret writes. */
const tables = ['app_user', 'api_key', 'invitation', 'oidc_connection', 'siem_integration', 'siem_draft'];

/** Lets the database refuse every change to an organization's people, keys and connections during `work`. */
export async function whileWritesFail(organizationId: string, work: () => Promise<void>): Promise<void> {
  const name = `refuse_${organizationId.replaceAll('-', '_')}`;
  await withDatabase(sharedStack().superuserUrl.replace(/\/postgres$/, '/tracekeep'), async (query) => {
    await query(
      `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused for a test'; END $$`,
    );
    for (const table of tables) {
      await query(
        `CREATE TRIGGER ${name} BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW
           WHEN (NEW.organization_id = '${organizationId}'::uuid) EXECUTE FUNCTION ${name}()`,
      );
    }
    try {
      await work();
    } finally {
      await query(`DROP FUNCTION ${name}() CASCADE`);
    }
  });
}
