import pg from 'pg';
import { vi } from 'vitest';
import { z } from 'zod';
import { pool } from '@/lib/db/pool';
import { beginReading } from '@/lib/db/read-only';

/** A statement as it was sent to the database: its text, and the values beside it. */
export type Statement = { text: string; values: unknown[] };

/** What `work` asks the database: every statement on events, parties and heads, in order. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const sent = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    return (sent.mock.calls as unknown[][])
      .map(([text, values]) => ({ text: String(text), values: Array.isArray(values) ? values : [] }))
      .filter(({ text }) => /\baudit_(event|party|head)\b/.test(text));
  } finally {
    sent.mockRestore();
  }
}

const planNode = z.object({
  'Node Type': z.string(),
  'Index Name': z.string().optional(),
  'Relation Name': z.string().optional(),
  'Actual Rows': z.number(),
  'Actual Loops': z.number(),
  'Rows Removed by Filter': z.number().default(0),
  'Rows Removed by Index Recheck': z.number().default(0),
  'Heap Fetches': z.number().default(0),
  get Plans() {
    return z.array(planNode).default([]);
  },
});
type PlanNode = z.infer<typeof planNode>;

export type Reading = {
  /** Entries of tables and indexes that were looked at, whether they were of use or not. */
  rows: number;
  /** The indexes, and the names of tables that were read from end to end. */
  through: string[];
};

/** What a statement reads to give its answer, by the database's own account: the same on a slow machine and a fast one. */
export async function readingOf({ text, values }: Statement): Promise<Reading> {
  const rows = await explain(text, values);
  const [{ Plan }] = z.tuple([z.object({ Plan: planNode })]).parse(rows[0]?.['QUERY PLAN']);
  const nodes = [...walk(Plan)].filter(
    (node) => node['Relation Name'] !== undefined || node['Index Name'] !== undefined,
  );
  return {
    rows: nodes.reduce((sum, node) => sum + rowsRead(node), 0),
    through: [...new Set(nodes.map((node) => node['Index Name'] ?? node['Relation Name'] ?? ''))],
  };
}

async function explain(text: string, values: unknown[]): Promise<Record<string, unknown>[]> {
  const client = await pool().connect();
  try {
    await client.query(beginReading(60_000));
    return (await client.query(`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`, values)).rows;
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

function* walk(node: PlanNode): Generator<PlanNode> {
  yield node;
  for (const child of node.Plans) yield* walk(child);
}

function rowsRead(node: PlanNode): number {
  const removed = node['Rows Removed by Filter'] + node['Rows Removed by Index Recheck'];
  return Math.round((node['Actual Rows'] + removed) * node['Actual Loops']);
}
