import { pool } from '@/lib/db/pool';
import { genesisHash, sealHash } from './chain';
import { type AuditColumns, columnsOf, readRecord } from './columns';
import { canonicalIp } from './ip-address';

export type Verification = {
  firstSeq: bigint;
  lastSeq: bigint;
  events: number;
  /** The first event at which the log does not agree with itself, and in which way; undefined when it is intact. */
  fault?: { seq: bigint; reason: string };
};

type Row = Omit<AuditColumns, 'organizationId'> & {
  seq: string;
  record: string;
  hash: Buffer;
  /** Whether a search by name can find the event: audit_party holds its actor and target as they are. */
  actorListed: boolean;
  targetListed: boolean;
};
type Head = {
  seq: string;
  hash: Buffer;
  anchor_seq: string;
  anchor_hash: Buffer;
  set_back_ms: string;
};

/** Rows read at a time: a few megabytes whatever the length of the log. */
const pageSize = 2_000;

/**
 * Recomputes an organization's chain from its anchor to its head and compares every stored column with its record.
 * Read-only and of constant memory; events written meanwhile are not looked at. Names the first seq that is wrong.
 */
export async function verifyChain(organizationId: string): Promise<Verification> {
  const head = await readHead(organizationId);
  const anchorSeq = BigInt(head.anchor_seq);
  const lastSeq = BigInt(head.seq);
  const result = { firstSeq: anchorSeq + 1n, lastSeq, events: 0 };
  if (anchorSeq === 0n && !head.anchor_hash.equals(genesisHash(organizationId))) {
    return {
      ...result,
      fault: { seq: 0n, reason: 'the chain starts from a hash that is not this organization’s' },
    };
  }

  let previous = head.anchor_hash;
  let seq = anchorSeq;
  const clock = { latestMs: 0, allowedMs: Number(head.set_back_ms) };
  while (seq < lastSeq) {
    const rows = await readPage(organizationId, seq, lastSeq);
    for (const row of rows) {
      const expected = seq + 1n;
      const reason =
        BigInt(row.seq) === expected
          ? (rowFault(organizationId, row, previous) ?? clockFault(row, clock))
          : 'the event is missing';
      if (reason) return { ...result, fault: { seq: expected, reason } };
      previous = row.hash;
      seq = expected;
      result.events += 1;
    }
    if (rows.length === 0) return { ...result, fault: { seq: seq + 1n, reason: 'the event is missing' } };
  }
  if (!previous.equals(head.hash)) {
    return { ...result, fault: { seq: lastSeq, reason: 'the last hash is not the head’s' } };
  }
  const stray = await firstBeyondHead(organizationId);
  return stray === undefined
    ? result
    : { ...result, fault: { seq: stray, reason: 'the event stands after the end of the chain' } };
}

/** One statement, so one snapshot: events that are being written move the head together with their rows. */
async function firstBeyondHead(organizationId: string): Promise<bigint | undefined> {
  const { rows } = await pool().query<{ seq: string }>(
    `SELECT e.seq FROM audit_event e JOIN audit_head h USING (organization_id)
      WHERE e.organization_id = $1 AND e.seq > h.seq ORDER BY e.seq LIMIT 1`,
    [organizationId],
  );
  return rows[0] && BigInt(rows[0].seq);
}

async function readHead(organizationId: string): Promise<Head> {
  const { rows } = await pool().query<Head>(
    'SELECT seq, hash, anchor_seq, anchor_hash, set_back_ms FROM audit_head WHERE organization_id = $1',
    [organizationId],
  );
  if (!rows[0]) throw new Error('the organization has no audit chain');
  return rows[0];
}

async function readPage(organizationId: string, after: bigint, upTo: bigint): Promise<Row[]> {
  const { rows } = await pool().query<Row>(
    `SELECT seq, id, to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "occurredAt",
            action, outcome, actor_type AS "actorType", actor_id AS "actorId", actor_name AS "actorName",
            actor_email AS "actorEmail", target_type AS "targetType", target_id AS "targetId",
            target_name AS "targetName", host(ip) AS ip, origin, request_id AS "requestId",
            session_id AS "sessionId", actor_ref AS "actorRef", target_ref AS "targetRef", record, hash,
            EXISTS (SELECT FROM audit_party p
                     WHERE p.organization_id = e.organization_id AND p.role = 'actor' AND p.ref = e.actor_ref
                       AND (p.type, p.id, p.name, p.email) IS NOT DISTINCT FROM
                           (e.actor_type, e.actor_id, e.actor_name, e.actor_email)) AS "actorListed",
            target_type IS NULL OR EXISTS (SELECT FROM audit_party p
                     WHERE p.organization_id = e.organization_id AND p.role = 'target' AND p.ref = e.target_ref
                       AND (p.type, p.id, p.name, p.email) IS NOT DISTINCT FROM
                           (e.target_type, e.target_id, e.target_name, NULL)) AS "targetListed"
       FROM audit_event e
      WHERE organization_id = $1 AND seq > $2 AND seq <= $3
      ORDER BY seq LIMIT ${pageSize}`,
    [organizationId, after, upTo],
  );
  return rows;
}

/** What is wrong with one row, or undefined. */
function rowFault(organizationId: string, row: Row, previous: Buffer): string | undefined {
  if (!row.hash.equals(sealHash(previous, BigInt(row.seq), row.record))) {
    return 'the record does not have the hash it was sealed with';
  }
  const record = readRecord(row.record);
  if (!record) return 'the record cannot be read';
  const expected = columnsOf(record);
  if (expected.organizationId !== organizationId) return 'the record belongs to another organization';
  const stored: AuditColumns = { ...row, organizationId, ip: canonicalIp(row.ip ?? undefined) ?? null };
  for (const [column, value] of Object.entries(expected)) {
    if (stored[column as keyof AuditColumns] !== value)
      return `the column ${column} is not what the record says`;
  }
  if (!row.actorListed) return 'a search by the name of the actor does not find the event';
  if (!row.targetListed) return 'a search by the name of the target does not find the event';
  return undefined;
}

/** Searches by time rely on how far the head says that a clock was ever set back. */
function clockFault(row: Row, clock: { latestMs: number; allowedMs: number }): string | undefined {
  const timeMs = Date.parse(row.occurredAt);
  clock.latestMs = Math.max(clock.latestMs, timeMs);
  return clock.latestMs - timeMs > clock.allowedMs
    ? 'a search by time may not find the event: the head does not know that a clock was set back'
    : undefined;
}
