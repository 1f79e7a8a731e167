import { type PublicKeys, signatureFault } from '@/lib/crypto/signing-key';
import { pool } from '@/lib/db/pool';
import { genesisHash } from './chain';
import { anchorText } from './signed-text';
import { clockFault, readRows, rowFault } from './verified-rows';

/** What was verified of what the log still holds: nothing where `firstSeq` is behind `lastSeq`. */
export type Verification = {
  firstSeq: bigint;
  lastSeq: bigint;
  events: number;
  /** The first event at which the log does not agree with itself, and in which way; undefined when it is intact. */
  fault?: { seq: bigint; reason: string };
};

export type VerifyOptions = {
  /** The part that is verified, both ends included; everything without them. Clipped to what there is. */
  firstSeq?: bigint | undefined;
  lastSeq?: bigint | undefined;
  /** Whose signatures count. Without it no signature is looked at. */
  keys?: PublicKeys | undefined;
  /** Told after every few thousand events; what it throws ends the verification. */
  onProgress?: (firstSeq: bigint, lastSeq: bigint) => Promise<void>;
};

type Head = {
  seq: string;
  hash: Buffer;
  anchor_seq: string;
  anchor_hash: Buffer;
  anchor_signed_at: Date | null;
  anchor_key_id: string | null;
  anchor_signature: string | null;
  set_back_ms: string;
};

/**
 * Recomputes an organization's chain from its anchor to its head, or a part of it, and compares every stored column with
 * its record, and every checkpoint with its key. Read-only and of constant memory; events written meanwhile are not looked
 * at. Those that retention removes before they were looked at are not missed, and the result begins behind them. Names
 * the first seq that is wrong.
 */
export async function verifyChain(
  organizationId: string,
  { firstSeq, lastSeq, keys, onProgress }: VerifyOptions = {},
): Promise<Verification> {
  const head = await readHead(organizationId);
  const end = BigInt(head.seq);
  const last = lastSeq === undefined || lastSeq > end ? end : lastSeq;
  const start = await startOf(organizationId, head, { firstSeq, keys });
  const result = { firstSeq: start.seq + 1n, lastSeq: last, events: 0 };
  if (start.fault) return { ...result, fault: { seq: start.seq, reason: start.fault } };

  let { seq, previous } = start;
  const clock = { latestMs: 0, allowedMs: Number(head.set_back_ms) };
  while (seq < last) {
    const rows = await readRows(organizationId, seq, last);
    let reason = rows.length === 0 ? missing : undefined;
    for (const row of rows) {
      reason =
        BigInt(row.seq) === seq + 1n
          ? (rowFault(organizationId, row, { previous, keys }) ?? clockFault(row, clock))
          : missing;
      if (reason) break;
      previous = row.hash;
      seq += 1n;
      result.events += 1;
    }
    if (reason) {
      const removed = reason === missing && (await removedSince(organizationId, seq, keys));
      if (!removed) return { ...result, fault: { seq: seq + 1n, reason } };
      if (removed.fault) return { ...result, fault: { seq: removed.seq, reason: removed.fault } };
      seq = removed.seq;
      previous = removed.previous;
      result.firstSeq = seq + 1n;
      result.events = 0;
    }
    if (result.firstSeq <= last) await onProgress?.(result.firstSeq, seq);
  }
  if (seq > last) return result;
  return { ...result, ...(await endFault(organizationId, head, { last, previous })) };
}

const missing = 'the event is missing';

type Start = { seq: bigint; previous: Buffer; fault?: string };

/** The place before the first event that is verified. */
async function startOf(
  organizationId: string,
  head: Head,
  { firstSeq, keys }: Pick<VerifyOptions, 'firstSeq' | 'keys'>,
): Promise<Start> {
  const anchor = anchorOf(organizationId, head, keys);
  if (firstSeq !== undefined && firstSeq > anchor.seq + 1n) {
    const { rows } = await pool().query<{ hash: Buffer }>(
      'SELECT hash FROM audit_event WHERE organization_id = $1 AND seq = $2',
      [organizationId, firstSeq - 1n],
    );
    const [before] = rows;
    const seq = firstSeq - 1n;
    if (before) return { seq, previous: before.hash };
    const removed = await removedSince(organizationId, seq - 1n, keys);
    return removed ?? { seq, previous: anchor.previous, fault: missing };
  }
  if (anchor.seq === 0n && !anchor.previous.equals(genesisHash(organizationId)))
    return { ...anchor, fault: 'the chain starts from a hash that is not this organization’s' };
  return anchor;
}

/** The place up to which the log was deleted, or before its first event. */
function anchorOf(organizationId: string, head: Head, keys: PublicKeys | undefined): Start {
  const anchor = { seq: BigInt(head.anchor_seq), previous: head.anchor_hash };
  return keys && anchor.seq > 0n && isForged(organizationId, head, keys)
    ? {
        ...anchor,
        fault: 'the place up to which the log was deleted is not signed with a key that is known here',
      }
    : anchor;
}

function isForged(organizationId: string, head: Head, keys: PublicKeys): boolean {
  const {
    anchor_seq: seq,
    anchor_hash,
    anchor_signed_at: time,
    anchor_key_id: keyId,
    anchor_signature: signature,
  } = head;
  if (!time || keyId === null || signature === null) return true;
  const place = { organizationId, seq, hash: anchor_hash.toString('hex'), time: time.toISOString() };
  return signatureFault(keys, anchorText(place), { keyId, signature }) !== undefined;
}

/** Where the log begins now, when that is behind `seq`: retention went on meanwhile. */
async function removedSince(
  organizationId: string,
  seq: bigint,
  keys: PublicKeys | undefined,
): Promise<Start | undefined> {
  const anchor = anchorOf(organizationId, await readHead(organizationId), keys);
  return anchor.seq > seq ? anchor : undefined;
}

/** What is wrong behind the last event, where the end of the log was verified. */
async function endFault(
  organizationId: string,
  head: Head,
  { last, previous }: { last: bigint; previous: Buffer },
): Promise<Pick<Verification, 'fault'>> {
  if (last < BigInt(head.seq)) return {};
  if (!previous.equals(head.hash)) return { fault: { seq: last, reason: 'the last hash is not the head’s' } };
  const stray = await firstBeyondHead(organizationId);
  return stray === undefined
    ? {}
    : { fault: { seq: stray, reason: 'the event stands after the end of the chain' } };
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
    `SELECT seq, hash, anchor_seq, anchor_hash, anchor_signed_at, anchor_key_id, anchor_signature, set_back_ms
       FROM audit_head WHERE organization_id = $1`,
    [organizationId],
  );
  if (!rows[0]) throw new Error('the organization has no audit chain');
  return rows[0];
}
