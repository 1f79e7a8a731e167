import type { PublicKeys } from '@/lib/crypto/signing-key';
import { pool } from '@/lib/db/pool';
import { sealHash } from './chain';
import { checkpointFault } from './checkpoint-fault';
import { type AuditColumns, columnsOf, readRecord } from './columns';
import { canonicalIp } from './ip-address';

/** A stored event with all that is compared. */
export type VerifiedRow = Omit<AuditColumns, 'organizationId'> & {
  seq: string;
  record: string;
  hash: Buffer;
  /** Whether a search by name can find the event: audit_party holds its actor and target as they are. */
  actorListed: boolean;
  targetListed: boolean;
};

/** Rows read at a time: a megabyte as a rule, and no longer at work on them than a server may be busy in one go. */
const pageSize = 500;

/** The next events after a number, in their order. */
export async function readRows(organizationId: string, after: bigint, upTo: bigint): Promise<VerifiedRow[]> {
  const { rows } = await pool().query<VerifiedRow>(
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

/** What is wrong with one row that stands behind the hash `previous`, or undefined. */
export function rowFault(
  organizationId: string,
  row: VerifiedRow,
  { previous, keys }: { previous: Buffer; keys: PublicKeys | undefined },
): string | undefined {
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
  const before = { seq: BigInt(row.seq) - 1n, hash: previous.toString('hex') };
  return keys && checkpointFault(record, before, keys);
}

/** Searches by time rely on how far the head says that a clock was ever set back. */
export function clockFault(
  row: VerifiedRow,
  clock: { latestMs: number; allowedMs: number },
): string | undefined {
  const timeMs = Date.parse(row.occurredAt);
  clock.latestMs = Math.max(clock.latestMs, timeMs);
  return clock.latestMs - timeMs > clock.allowedMs
    ? 'a search by time may not find the event: the head does not know that a clock was set back'
    : undefined;
}
