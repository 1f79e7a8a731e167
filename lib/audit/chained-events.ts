import { pool } from '@/lib/db/pool';
import type { SealedEvent } from './list-sealed-events';

/** A sealed event with the hash before it, so that its seal can be recomputed without its neighbours. */
export type ChainedEvent = SealedEvent & {
  /** The previous event's hash, or where the chain begins; empty when that event was removed, which breaks the seal. */
  previousHash: string;
};

/** A record is 1 kB as a rule and 64 at most: what is held at a time stays below 8 MB in any case. */
const batch = 125;

/**
 * The events of these numbers in their order, a batch whenever the reader asks for one. Between two batches nothing is
 * held, no connection and no transaction, so a reader may be as slow as it likes. Throws when an event is not there any
 * more: a part is never passed off as the whole.
 */
export async function* chainedEvents(
  organizationId: string,
  seqs: BigInt64Array,
): AsyncGenerator<ChainedEvent[], void> {
  for (let begin = 0; begin < seqs.length; begin += batch) {
    const wanted = seqs.subarray(begin, begin + batch);
    const events = await readBatch(organizationId, wanted);
    if (events.length !== wanted.length)
      throw new Error(`${wanted.length - events.length} of the events from No. ${wanted[0]} on are gone`);
    yield events;
  }
}

/** Each event is looked up by its number; the LIMIT keeps the planner from reading the log from end to end instead. */
async function readBatch(organizationId: string, seqs: BigInt64Array): Promise<ChainedEvent[]> {
  const { rows } = await pool().query<ChainedEvent>(
    `SELECT wanted.seq, encode(e.hash, 'hex') AS hash, e.record AS raw,
            coalesce(encode(CASE WHEN wanted.seq = h.anchor_seq + 1 THEN h.anchor_hash ELSE b.hash END, 'hex'), '')
              AS "previousHash"
       FROM audit_head h
       CROSS JOIN unnest($2::bigint[]) AS wanted (seq)
       CROSS JOIN LATERAL (
            SELECT a.hash, a.record FROM audit_event a
             WHERE a.organization_id = h.organization_id AND a.seq = wanted.seq LIMIT 1) AS e
       LEFT JOIN LATERAL (
            SELECT a.hash FROM audit_event a
             WHERE a.organization_id = h.organization_id AND a.seq = wanted.seq - 1 LIMIT 1) AS b ON TRUE
      WHERE h.organization_id = $1
      ORDER BY wanted.seq`,
    [organizationId, [...seqs]],
  );
  return rows;
}
