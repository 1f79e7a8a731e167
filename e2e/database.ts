import pg from 'pg';

export type Query = <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) => Promise<Row[]>;

/** Gives `work` the database of a stack: tests look at its rows, and put there what no page can make. */
export async function withDatabase<T>(databaseUrl: string, work: (query: Query) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  // A stack that stops says so on connections that are just being closed; without a listener that ends the process.
  pool.on('error', () => undefined);
  try {
    return await work(async (sql, values) => (await pool.query(sql, values)).rows);
  } finally {
    await pool.end();
  }
}
