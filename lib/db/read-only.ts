import pg from 'pg';
import type { Prisma } from '@/lib/db/generated/client';
import { pool } from '@/lib/db/pool';

/** Runs one statement of a reader's transaction. A bigint arrives as a decimal string, a timestamp as a Date. */
export type Read = <Row extends object>(statement: Prisma.Sql) => Promise<Row[]>;

/** A statement ran longer than its reader wants to wait. The database is well; the question was too large. */
export class TooSlowError extends Error {
  override readonly name = 'TooSlowError';
}

const canceled = '57014';

/**
 * How a reader's transaction begins. Compiling a plan, or remembering what is never asked again, takes longer than most
 * statements here run. And what an index has in order is read in that order, rather than more of it to be sorted.
 */
export function beginReading(timeoutMs: number): string {
  return `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
    SET LOCAL statement_timeout = ${Math.ceil(timeoutMs)}; SET LOCAL work_mem = '32MB';
    SET LOCAL jit = off; SET LOCAL enable_memoize = off;
    SET LOCAL enable_sort = off; SET LOCAL enable_incremental_sort = off`;
}

/**
 * Reads in one snapshot that changes nothing. Each statement has `timeoutMs`; a longer one ends the whole with a
 * {@link TooSlowError}, whatever the rest of the page does.
 */
export async function readOnly<T>(timeoutMs: number, work: (read: Read) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  let broken = false;
  try {
    await client.query(beginReading(timeoutMs));
    const read: Read = async (statement) => (await client.query(statement.text, statement.values)).rows;
    const result = await work(read);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    if (error instanceof pg.DatabaseError && error.code === canceled) {
      throw new TooSlowError(`A statement was stopped after ${timeoutMs} ms.`, { cause: error });
    }
    throw error;
  } finally {
    client.release(broken);
  }
}
