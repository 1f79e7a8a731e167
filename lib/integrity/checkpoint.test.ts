import { describe, expect, test, vi } from 'vitest';
import { recordSchema } from '@/lib/audit/columns';
import { insertRecords } from '@/lib/audit/insert-records';
import { addToLog } from '@/lib/audit/query/testing/log-of';
import { buildRecord, recordAudit } from '@/lib/audit/record';
import { asSuperuser } from '@/lib/audit/testing/as-superuser';
import { recordLogin } from '@/lib/audit/testing/record-login';
import { withTransaction } from '@/lib/audit/transaction';
import { uuidV7 } from '@/lib/audit/uuid-v7';
import { verifyChain } from '@/lib/audit/verify';
import { knownKeys } from '@/lib/crypto/signing-key';
import { db } from '@/lib/db/client';
import { signCheckpoint, signDueCheckpoints } from '@/lib/integrity/sign-checkpoint';
import { inTurn, whileUnwritable } from '@/lib/integrity/testing/while-unwritable';
import { log } from '@/lib/log';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';
import { until } from '@/test/until';

const { superuserUrl } = useDatabase();
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

/** An organization of last month. */
async function oldOrganization() {
  const source = await createOrganization();
  await db().organization.update({
    where: { id: source.organization.id },
    data: { createdAt: hoursAgo(720) },
  });
  return source;
}

type Source = Awaited<ReturnType<typeof oldOrganization>>;

const actionsOf = async ({ organization }: Source) =>
  (
    await db().auditEvent.findMany({
      where: { organizationId: organization.id },
      orderBy: { seq: 'asc' },
      select: { action: true },
    })
  ).map(({ action }) => action);

const verify = ({ organization }: Source) => verifyChain(organization.id, { keys: knownKeys() });

async function lastRecord({ organization }: Source) {
  const last = await db().auditEvent.findFirstOrThrow({
    where: { organizationId: organization.id },
    orderBy: { seq: 'desc' },
  });
  return recordSchema.parse(JSON.parse(last.record));
}

describe('a checkpoint is signed by itself', () => {
  test('once for all processes, for events that have waited for nearly an hour, and never for a checkpoint alone', async () => {
    const source = await oldOrganization();
    await addToLog(source, [{ time: hoursAgo(2) }, { time: hoursAgo(0) }]);
    await Promise.all(Array.from({ length: 6 }, () => signDueCheckpoints()));
    expect(await actionsOf(source)).toEqual(['scan.start', 'scan.start', 'audit_log.checkpoint']);
    // Let the checkpoint be old itself: nothing has happened since.
    await asSuperuser(
      superuserUrl,
      `UPDATE audit_event SET occurred_at = now() - interval '9 hours' WHERE seq = 3`,
    );
    await signDueCheckpoints();
    expect(await actionsOf(source)).toHaveLength(3);
    await addToLog(source, [{ time: hoursAgo(1) }]);
    await signDueCheckpoints();
    expect((await actionsOf(source)).slice(3)).toEqual(['scan.start', 'audit_log.checkpoint']);
  });

  test('at once for an event of the future, which a clock that was set back leaves', async () => {
    const source = await oldOrganization();
    await addToLog(source, [{ time: hoursAgo(-5) }]);
    await signDueCheckpoints();
    expect(await actionsOf(source)).toEqual(['scan.start', 'audit_log.checkpoint']);
  });

  test('also for the organizations behind one whose log cannot be written', async () => {
    const [first, second] = inTurn([await oldOrganization(), await oldOrganization()]);
    if (!first || !second) throw new Error('two were made');
    for (const source of [first, second]) await addToLog(source, [{ time: hoursAgo(2) }]);
    const warn = vi.spyOn(log, 'warn');
    await expect(whileUnwritable(first, signDueCheckpoints)).rejects.toThrow('unwritable');
    expect(warn.mock.calls).toMatchObject([[{ organizationId: first.organization.id }, expect.any(String)]]);
    warn.mockRestore();
    expect(await actionsOf(first)).toEqual(['scan.start']);
    expect(await actionsOf(second)).toEqual(['scan.start', 'audit_log.checkpoint']);
    await signDueCheckpoints();
    expect(await actionsOf(first)).toEqual(['scan.start', 'audit_log.checkpoint']);
  });

  test('and not yet for what has just happened, or where nothing ever did', async () => {
    const [young, empty] = [await oldOrganization(), await oldOrganization()];
    await recordLogin(young, 3);
    await signDueCheckpoints();
    expect(await actionsOf(young)).toHaveLength(3);
    expect(await actionsOf(empty)).toEqual([]);
  });
});

describe('a checkpoint that somebody asks for', () => {
  test('signs the event before it, by whoever asked, and is not made twice', async () => {
    const source = await oldOrganization();
    await recordLogin(source, 2);
    expect(await signCheckpoint(source)).toBe(true);
    expect(await signCheckpoint(source)).toBe(false);
    const { actor, metadata } = await lastRecord(source);
    const second = await db().auditEvent.findFirstOrThrow({
      where: { organizationId: source.organization.id, seq: 2n },
    });
    expect(actor.name).toBe('Alice Fox');
    expect(metadata).toMatchObject({ seq: '2', hash: Buffer.from(second.hash).toString('hex') });
    expect(await verify(source)).toMatchObject({ events: 3 });
    expect((await verify(source)).fault).toBeUndefined();
  });

  test('waits for whoever is writing, and signs what was written', async () => {
    const source = await oldOrganization();
    let signing: Promise<boolean> | undefined;
    await withTransaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM audit_head WHERE organization_id = ${source.organization.id}::uuid FOR UPDATE`;
      signing = signCheckpoint(source);
      await until(async () => {
        const waiting = await db().$queryRaw<unknown[]>`
          SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        expect(waiting).toHaveLength(1);
      });
      const targets = [{ type: 'user' as const, id: source.actor.id, name: source.actor.name }];
      recordAudit(tx, { ...source, action: 'user.login', targets, metadata: { method: 'email' } });
    });
    expect(await signing).toBe(true);
    expect(await actionsOf(source)).toEqual(['user.login', 'audit_log.checkpoint']);
  });

  test('of an empty log says that there is nothing to sign', async () => {
    expect(await signCheckpoint(await oldOrganization())).toBe(false);
  });
});

describe('verification finds a checkpoint that', () => {
  /** Writes an event past the product, as whoever owns the database can: sealed by the trigger, but not signed. */
  async function forge(source: Source, change: (metadata: Record<string, unknown>) => object) {
    await recordLogin(source, 1);
    await signCheckpoint(source);
    const { metadata } = await lastRecord(source);
    const time = new Date();
    const { organization, actor, context } = source;
    const event = { organization, actor, context, targets: [], metadata: change(metadata) };
    const record = buildRecord({ ...event, action: 'audit_log.checkpoint' }, uuidV7(time), time);
    await insertRecords(db(), [record]);
  }

  const endOf = async ({ organization }: Source) => {
    const head = await db().auditHead.findUniqueOrThrow({ where: { organizationId: organization.id } });
    return { seq: head.seq.toString(), hash: Buffer.from(head.hash).toString('hex') };
  };

  test('was signed for another place and is played again', async () => {
    const source = await oldOrganization();
    await forge(source, (metadata) => metadata);
    expect((await verify(source)).fault).toEqual({
      seq: 3n,
      reason: 'the checkpoint is that of another place in the log',
    });
  });

  test('claims this place without the key', async () => {
    const source = await oldOrganization();
    await recordLogin(source, 1);
    await signCheckpoint(source);
    const { metadata } = await lastRecord(source);
    const time = new Date();
    const { organization, actor, context } = source;
    const event = {
      organization,
      actor,
      context,
      targets: [],
      metadata: { ...metadata, ...(await endOf(source)) },
    };
    await insertRecords(db(), [
      buildRecord({ ...event, action: 'audit_log.checkpoint' }, uuidV7(time), time),
    ]);
    expect((await verify(source)).fault).toEqual({
      seq: 3n,
      reason: 'the signature of the checkpoint is not that of its key',
    });
  });

  test('is signed with a key that is not this installation’s', async () => {
    const source = await oldOrganization();
    await recordLogin(source, 1);
    await signCheckpoint(source);
    const others = await verifyChain(source.organization.id, { keys: new Map() });
    expect(others.fault?.reason).toBe('the checkpoint is signed with a key that is not known here');
    // Without any key nothing is claimed about signatures.
    expect((await verifyChain(source.organization.id)).fault).toBeUndefined();
  });

  test('stands in a log that was rewritten and sealed anew from some event on', async () => {
    const source = await oldOrganization();
    await recordLogin(source, 2);
    await signCheckpoint(source);
    await asSuperuser(
      superuserUrl,
      `WITH RECURSIVE changed AS (
         SELECT seq, replace(record, 'Alice', 'Mallory') AS record FROM audit_event WHERE organization_id = $1
       ), sealed AS (
         SELECT 0::bigint AS seq, ''::text AS record, audit_genesis($1) AS hash
         UNION ALL
         SELECT c.seq, c.record, sha256(s.hash || int8send(c.seq) || convert_to(c.record, 'UTF8'))
           FROM sealed s JOIN changed c ON c.seq = s.seq + 1
       ), written AS (
         UPDATE audit_event e SET record = s.record, hash = s.hash, actor_name = 'Mallory Fox',
                actor_ref = audit_ref(actor_type, actor_id, 'Mallory Fox', actor_email),
                target_name = replace(target_name, 'Alice', 'Mallory'),
                target_ref = audit_ref(target_type, target_id, replace(target_name, 'Alice', 'Mallory'), NULL)
           FROM sealed s WHERE e.organization_id = $1 AND e.seq = s.seq RETURNING e.*
       ), parties AS (
         INSERT INTO audit_party (organization_id, role, ref, type, id, name, email)
         SELECT DISTINCT organization_id, 'actor', actor_ref, actor_type, actor_id, actor_name, actor_email FROM written
         UNION SELECT organization_id, 'target', target_ref, target_type, target_id, target_name, NULL FROM written
         ON CONFLICT DO NOTHING
       )
       UPDATE audit_head h SET hash = s.hash FROM sealed s WHERE h.organization_id = $1 AND s.seq = h.seq`,
      [source.organization.id],
    );
    // All seals are right again: only what was signed is not.
    expect((await verifyChain(source.organization.id)).fault).toBeUndefined();
    expect((await verify(source)).fault?.seq).toBe(3n);
  });
});

test('a part is verified by itself, and what is wrong outside of it is not looked at', async () => {
  const source = await oldOrganization();
  await recordLogin(source, 9);
  await asSuperuser(
    superuserUrl,
    `UPDATE audit_event SET action = 'scan.delete' WHERE organization_id = $1 AND seq = 3`,
    [source.organization.id],
  );
  const part = (firstSeq: bigint, lastSeq: bigint) =>
    verifyChain(source.organization.id, { firstSeq, lastSeq });
  expect(await part(4n, 8n)).toEqual({ firstSeq: 4n, lastSeq: 8n, events: 5 });
  expect((await part(2n, 5n)).fault?.seq).toBe(3n);
  expect(await part(7n, 50n)).toEqual({ firstSeq: 7n, lastSeq: 9n, events: 3 });
});

test('a key that signed earlier goes on counting where it is named', async () => {
  vi.resetModules();
  const env = { ...process.env };
  try {
    const { publicKey } = await import('@/lib/crypto/signing-key');
    const before = publicKey();
    vi.resetModules();
    process.env.CHECKPOINT_KEY = 'another key, which has thirty-two characters';
    process.env.CHECKPOINT_FORMER_KEYS = before.pem.split('\n')[1];
    const after = await import('@/lib/crypto/signing-key');
    expect(after.publicKey().keyId).not.toBe(before.keyId);
    expect([...after.knownKeys().keys()]).toEqual([after.publicKey().keyId, before.keyId]);
  } finally {
    process.env = env;
    vi.resetModules();
  }
});
