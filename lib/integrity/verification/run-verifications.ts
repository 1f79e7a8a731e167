import { type Verification, verifyChain } from '@/lib/audit/verify';
import { knownKeys } from '@/lib/crypto/signing-key';
import { db } from '@/lib/db/client';
import { log } from '@/lib/log';

/** A worker that has said nothing for so long is dead, and another one begins anew. It speaks every few hundred events. */
const staleAfterMs = 20_000;

/** A verification that its worker did not survive so often is not to be the end of one more. */
const mostAttempts = 5;

type Claim = { id: string; organizationId: string; firstSeq: bigint; lastSeq: bigint; attempt: number };

/** The verification was cancelled, another worker has it, or this process ends. */
class Ended extends Error {
  override readonly name = 'Ended';
}

/**
 * Does the verifications that somebody asked for, one after the other, until none is left or `signal` aborts: then the one
 * under way is given back. Safe in any number of processes at once: each is done by one of them. Never throws for one that
 * fails; it is taken up again.
 */
export async function runVerifications(signal: AbortSignal, staleMs = staleAfterMs): Promise<void> {
  while (!signal.aborted) {
    const claim = await claimOne(staleMs);
    if (!claim) return;
    await run(claim, signal);
  }
}

async function run(claim: Claim, signal: AbortSignal): Promise<void> {
  try {
    const verification = await verifyChain(claim.organizationId, {
      firstSeq: claim.firstSeq,
      lastSeq: claim.lastSeq,
      keys: knownKeys(),
      async onProgress(firstSeq, cursor) {
        if (signal.aborted || !(await saveProgress(claim, firstSeq, cursor))) throw new Ended();
      },
    });
    await finish(claim, verification);
  } catch (error) {
    if (!(error instanceof Ended)) {
      log.warn({ err: error, organizationId: claim.organizationId }, 'a verification was interrupted');
      return;
    }
    if (signal.aborted) await giveBack(claim);
  }
}

async function claimOne(staleMs: number): Promise<Claim | undefined> {
  const stale = `${staleMs} milliseconds`;
  await db().$executeRaw`
    UPDATE audit_verification
       SET state = 'failed', finished_at = clock_timestamp(), heartbeat_at = NULL,
           reason = ${`It broke off ${mostAttempts} times; the server’s log says why.`}
     WHERE state = 'running' AND attempt >= ${mostAttempts} AND heartbeat_at < clock_timestamp() - ${stale}::interval`;
  const [claim] = await db().$queryRaw<Claim[]>`
    UPDATE audit_verification v
       SET attempt = v.attempt + 1, heartbeat_at = clock_timestamp(), cursor = v.first_seq - 1
     WHERE v.id = (
       SELECT id FROM audit_verification
        WHERE state = 'running' AND (heartbeat_at IS NULL OR heartbeat_at < clock_timestamp() - ${stale}::interval)
        ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING v.id, v.organization_id AS "organizationId", v.first_seq AS "firstSeq", v.last_seq AS "lastSeq", v.attempt`;
  return claim;
}

/** False when the verification is not this worker's any more. */
async function saveProgress({ id, attempt }: Claim, firstSeq: bigint, cursor: bigint): Promise<boolean> {
  const count = await db().$executeRaw`
    UPDATE audit_verification SET first_seq = ${firstSeq}, cursor = ${cursor}, heartbeat_at = clock_timestamp()
     WHERE id = ${id}::uuid AND attempt = ${attempt} AND state = 'running'`;
  return count > 0;
}

async function finish(claim: Claim, { firstSeq, fault }: Verification): Promise<void> {
  const { id, organizationId, lastSeq, attempt } = claim;
  if (!fault && firstSeq > lastSeq) return nothingLeft(claim);
  const count = await db().$executeRaw`
    UPDATE audit_verification
       SET state = ${fault ? 'broken' : 'intact'}::verification_state, finished_at = clock_timestamp(), heartbeat_at = NULL,
           first_seq = CASE WHEN ${fault === undefined} THEN ${firstSeq} ELSE first_seq END,
           cursor = CASE WHEN ${fault === undefined} THEN last_seq ELSE cursor END,
           fault_seq = ${fault?.seq ?? null}::bigint, reason = ${fault?.reason ?? null}
     WHERE id = ${id}::uuid AND attempt = ${attempt} AND state = 'running'`;
  if (count > 0 && fault)
    log.error({ organizationId, seq: fault.seq.toString(), reason: fault.reason }, 'an audit log is broken');
}

/** Retention was faster: there is no verdict on what nobody has looked at. */
async function nothingLeft({ id, attempt }: Claim): Promise<void> {
  await db().$executeRaw`
    UPDATE audit_verification
       SET state = 'failed', finished_at = clock_timestamp(), heartbeat_at = NULL,
           reason = 'Retention deleted all of these events first.'
     WHERE id = ${id}::uuid AND attempt = ${attempt} AND state = 'running'`;
}

async function giveBack({ id, attempt }: Claim): Promise<void> {
  await db().$executeRaw`
    UPDATE audit_verification SET heartbeat_at = NULL, attempt = attempt - 1
     WHERE id = ${id}::uuid AND attempt = ${attempt} AND state = 'running'`;
}
