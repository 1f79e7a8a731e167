import { Prisma } from '@/lib/db/generated/client';
import { readOnly } from '@/lib/db/read-only';
import { readRecord } from '../columns';

/** What of a row is in its record alone. */
export type RowSource = { agent?: string; method?: string };

const timeoutMs = 5_000;

/**
 * With what program and by what way of signing in, by seq, for the rows of one page. Reads the records, which a list does
 * without otherwise: only for a reader who chose these columns. A damaged record has nothing to say.
 */
export async function rowSources(
  organizationId: string,
  seqs: readonly string[],
): Promise<Map<string, RowSource>> {
  if (seqs.length === 0) return new Map();
  const rows = await readOnly(timeoutMs, (read) =>
    read<{ seq: string; record: string }>(Prisma.sql`
      SELECT a.seq, a.record FROM audit_event a
       WHERE a.organization_id = ${organizationId}::uuid AND a.seq = ANY(${[...seqs]}::bigint[])`),
  );
  return new Map(rows.map(({ seq, record }) => [seq, sourceOf(record)]));
}

function sourceOf(stored: string): RowSource {
  const record = readRecord(stored);
  const agent = record?.context.user_agent;
  const method = record?.metadata.method;
  return { ...(agent !== undefined && { agent }), ...(typeof method === 'string' && { method }) };
}
