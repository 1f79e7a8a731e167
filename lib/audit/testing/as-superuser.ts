import pg from 'pg';

/** Plays the attacker who owns the database: one statement past the triggers that refuse it. */
export async function asSuperuser(superuserUrl: string, sql: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query('ALTER TABLE audit_event DISABLE TRIGGER ALL');
    await client.query('ALTER TABLE audit_party DISABLE TRIGGER ALL');
    await client.query('ALTER TABLE audit_head DISABLE TRIGGER audit_guard_anchor');
    await client.query(sql, values);
  } finally {
    await client.query('ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_seal');
    await client.query('ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_refuse_change');
    await client.query('ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_refuse_truncate');
    await client.query('ALTER TABLE audit_party ENABLE ALWAYS TRIGGER audit_party_refuse_change');
    await client.query('ALTER TABLE audit_party ENABLE ALWAYS TRIGGER audit_party_refuse_truncate');
    await client.query('ALTER TABLE audit_head ENABLE ALWAYS TRIGGER audit_guard_anchor');
    await client.end();
  }
}
