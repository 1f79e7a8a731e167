import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Prisma } from '@/lib/db/generated/client';
import { pool } from '@/lib/db/pool';

const int8 = pg.types.builtins.INT8;

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number) => (oid === int8 ? BigInt : pg.types.getTypeParser(oid)),
};

/** The names of statements by their text: few, and short enough for PostgreSQL. */
const names = new Map<string, string>();

/**
 * Runs a statement that each connection prepares once. For large ones that run all the time: planning them takes longer
 * than running them, and Prisma plans anew each time. Gives what `$queryRaw` gives for texts, numbers, bigints, dates,
 * booleans and JSON. Outside of any transaction.
 */
export async function queryPrepared<Row extends object>(sql: Prisma.Sql): Promise<Row[]> {
  const { text, values } = sql;
  const { rows } = await pool().query<Row>({ name: nameOf(text), text, values, types });
  return rows;
}

function nameOf(text: string): string {
  const known = names.get(text) ?? createHash('sha256').update(text).digest('base64url').slice(0, 20);
  names.set(text, known);
  return known;
}
