import { describe, expect, test } from 'vitest';
import type { AuditSource } from '@/lib/audit/event';
import { asSuperuser } from '@/lib/audit/testing/as-superuser';
import { recordLogin } from '@/lib/audit/testing/record-login';
import { db } from '@/lib/db/client';
import { compareWithCopy } from '@/lib/integrity/compare-with-copy';
import { deleteExpired } from '@/lib/integrity/retention/delete-expired';
import { setRetention } from '@/lib/integrity/retention/set-retention';
import { signCheckpoint } from '@/lib/integrity/sign-checkpoint';
import { agedLog } from '@/lib/integrity/testing/aged-log';
import { listBrokenPlaces } from '@/lib/integrity/verification/broken-places';
import { cancelVerification } from '@/lib/integrity/verification/cancel-verification';
import { listVerifications } from '@/lib/integrity/verification/list-verifications';
import { runVerifications } from '@/lib/integrity/verification/run-verifications';
import { startVerification } from '@/lib/integrity/verification/start-verification';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

const { superuserUrl } = useDatabase();
const never = new AbortController().signal;

async function logged(events = 5): Promise<AuditSource> {
  const source = await createOrganization();
  await recordLogin(source, events);
  return source;
}

const newest = async ({ organization }: AuditSource) => (await listVerifications(organization.id))[0];

describe('a verification', () => {
  test('of the whole log is recorded, is done in the background, and says who asked and how it ended', async () => {
    const source = await logged();
    await startVerification(source, {});
    expect(await newest(source)).toMatchObject({ state: 'running', done: 0, events: 5, finishedAt: null });
    await runVerifications(never);
    expect(await newest(source)).toMatchObject({
      state: 'intact',
      firstSeq: '1',
      lastSeq: '5',
      done: 5,
      requestedBy: 'Alice Fox',
      finishedAt: expect.any(String),
    });
    const event = await db().auditEvent.findFirstOrThrow({
      where: { organizationId: source.organization.id, action: 'audit_log.verify' },
    });
    expect(JSON.parse(event.record).metadata).toEqual({ first_seq: '1', last_seq: '5' });
  });

  test('is started ten times in ten minutes at most, and the newest fifty are kept', async () => {
    const source = await logged();
    const { id } = source.organization;
    await db().$executeRaw`
      INSERT INTO audit_verification (id, organization_id, state, first_seq, last_seq, cursor, created_at)
      SELECT gen_random_uuid(), ${id}::uuid, 'intact', 1, n, n, now() - make_interval(days => n)
        FROM generate_series(1, 60) n`;
    for (let started = 0; started < 10; started++) {
      await startVerification(source, {});
      await cancelVerification(id);
    }
    await expect(startVerification(source, {})).rejects.toThrow('10 verifications were started');
    const kept = await db().auditVerification.findMany({ where: { organizationId: id } });
    expect(kept).toHaveLength(50);
    expect(kept.filter(({ state }) => state === 'cancelled')).toHaveLength(10);
  });

  test('of a broken log names the first event that is wrong, and one of a part that is right does not', async () => {
    const source = await logged(9);
    await asSuperuser(
      superuserUrl,
      `UPDATE audit_event SET outcome = 'failure' WHERE organization_id = $1 AND seq = 4`,
      [source.organization.id],
    );
    await startVerification(source, {});
    await runVerifications(never);
    expect(await newest(source)).toMatchObject({
      state: 'broken',
      faultSeq: '4',
      reason: 'the column outcome is not what the record says',
    });
    await startVerification(source, { firstSeq: 5n, lastSeq: 1_000n });
    await runVerifications(never);
    expect(await newest(source)).toMatchObject({ state: 'intact', firstSeq: '5', lastSeq: '10' });
  });

  test('that found the log broken is news until a later one has a verdict on all that it looked at', async () => {
    const source = await logged(9);
    const { id } = source.organization;
    const setOutcome = (outcome: string) =>
      asSuperuser(
        superuserUrl,
        'UPDATE audit_event SET outcome = $2 WHERE organization_id = $1 AND seq = 4',
        [id, outcome],
      );
    const verify = async (firstSeq: bigint, lastSeq: bigint) => {
      await startVerification(source, { firstSeq, lastSeq });
      await runVerifications(never);
      return (await listBrokenPlaces(id)).map(({ seq }) => seq);
    };
    await setOutcome('failure');
    expect(await verify(2n, 8n)).toEqual(['4']);
    expect(await verify(5n, 9n)).toEqual(['4']);
    await setOutcome('success');
    expect(await verify(3n, 9n)).toEqual(['4']);
    // However many are started after it: what is broken is not forgotten.
    await db().$executeRaw`
      UPDATE audit_verification SET created_at = created_at - interval '1 hour' WHERE organization_id = ${id}::uuid`;
    await db().$executeRaw`
      INSERT INTO audit_verification (id, organization_id, state, first_seq, last_seq, cursor, created_at)
      SELECT gen_random_uuid(), ${id}::uuid, 'cancelled', 1, 1, 0, now() - make_interval(secs => n)
        FROM generate_series(1, 60) n`;
    expect(await verify(2n, 7n)).toEqual(['4']);
    expect(await verify(1n, 9n)).toEqual([]);
    expect(await listBrokenPlaces((await logged()).organization.id)).toEqual([]);
  });

  test('that found broken what retention has deleted since is settled by the rest of its range', async () => {
    const source = await agedLog();
    const { id } = source.organization;
    await db().$executeRaw`
      INSERT INTO audit_verification (id, organization_id, state, first_seq, last_seq, cursor, fault_seq, reason)
      VALUES (gen_random_uuid(), ${id}::uuid, 'broken', 1, 15, 2, 3, 'the event is missing')`;
    await setRetention(source, { days: 400, confirmed: 10 });
    await deleteExpired();
    expect(await listBrokenPlaces(id)).toEqual([{ seq: '3', reason: 'the event is missing' }]);
    await startVerification(source, {});
    await runVerifications(never);
    expect(await listBrokenPlaces(id)).toEqual([]);
  });

  test('is one at a time for an organization, whoever starts it', async () => {
    const source = await logged();
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => startVerification(source, {})));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(startVerification(source, {})).rejects.toThrow('A verification is running already.');
    await startVerification(await logged(), {});
    await runVerifications(never);
    await startVerification(source, {});
    await runVerifications(never);
  });

  test('is done by one of several workers', async () => {
    const source = await logged();
    await startVerification(source, {});
    await Promise.all(Array.from({ length: 4 }, () => runVerifications(never)));
    const row = await db().auditVerification.findFirstOrThrow({
      where: { organizationId: source.organization.id },
    });
    expect(row).toMatchObject({ state: 'intact', attempt: 1 });
  });

  test('that is cancelled ends without a result, also under its worker', async () => {
    const source = await logged();
    await startVerification(source, {});
    await cancelVerification(source.organization.id);
    await runVerifications(never);
    expect(await newest(source)).toMatchObject({ state: 'cancelled' });
    await cancelVerification(source.organization.id);
    await startVerification(source, {});
    await runVerifications(never);
    expect(await newest(source)).toMatchObject({ state: 'intact' });
  });

  test('whose worker died is taken up anew, is given back by one that ends, and is given up after five', async () => {
    const source = await logged();
    await startVerification(source, {});
    const of = { where: { organizationId: source.organization.id } };
    await db().auditVerification.updateMany({
      ...of,
      data: { heartbeatAt: new Date(), attempt: 1, cursor: 3n },
    });
    await runVerifications(never);
    expect(await newest(source)).toMatchObject({ state: 'running', done: 3 });
    await db().auditVerification.updateMany({ ...of, data: { heartbeatAt: new Date(0) } });
    await runVerifications(never);
    expect(await newest(source)).toMatchObject({ state: 'intact' });

    await startVerification(source, {});
    await db().auditVerification.updateMany({
      where: { ...of.where, state: 'running' },
      data: { heartbeatAt: new Date(0), attempt: 5 },
    });
    await runVerifications(never);
    expect(await newest(source)).toMatchObject({
      state: 'failed',
      reason: 'It broke off 5 times; the server’s log says why.',
    });
  });

  test('of what the log does not hold says what it holds', async () => {
    const source = await logged();
    await expect(startVerification(source, { firstSeq: 9n })).rejects.toMatchObject({
      message: 'There is no event in this range.',
      hint: 'The log holds No. 1 to 5.',
    });
    await expect(startVerification(await createOrganization(), {})).rejects.toMatchObject({
      hint: 'The log is empty.',
    });
  });

  test('claims nothing for what retention deletes meanwhile, wherever it was to begin', async () => {
    for (const firstSeq of [1n, 5n, 11n]) {
      const source = await agedLog();
      await startVerification(source, { firstSeq });
      await setRetention(source, { days: 400, confirmed: 10 });
      await deleteExpired();
      await runVerifications(never);
      expect(await newest(source)).toMatchObject({
        state: 'intact',
        firstSeq: '11',
        lastSeq: '20',
        events: 10,
        done: 10,
      });
    }
  });

  test('of what retention deletes first has no result, and says so', async () => {
    const source = await agedLog();
    await startVerification(source, { firstSeq: 3n, lastSeq: 9n });
    await setRetention(source, { days: 400, confirmed: 10 });
    await deleteExpired();
    await runVerifications(never);
    expect(await newest(source)).toMatchObject({
      state: 'failed',
      firstSeq: '3',
      lastSeq: '9',
      reason: 'Retention deleted all of these events first.',
    });
  });
});

describe('Splunk’s copy', () => {
  const hashOf = async ({ organization }: AuditSource, seq: bigint) => {
    const { hash } = await db().auditEvent.findFirstOrThrow({
      where: { organizationId: organization.id, seq },
    });
    return Buffer.from(hash).toString('hex');
  };

  test('shows that an older backup was restored: the log ends before its checkpoint, and later differs from it', async () => {
    const source = await logged(6);
    await signCheckpoint(source);
    const id = source.organization.id;
    const [covered, own] = [
      { seq: 6n, hash: await hashOf(source, 6n) },
      { seq: 7n, hash: await hashOf(source, 7n) },
    ];
    expect([await compareWithCopy(id, covered), await compareWithCopy(id, own)]).toEqual(['same', 'same']);
    // Yesterday's backup: four events, and a head that knows no more.
    await asSuperuser(
      superuserUrl,
      `WITH cut AS (DELETE FROM audit_event WHERE organization_id = $1 AND seq > 4)
       UPDATE audit_head h SET seq = 4, hash = e.hash FROM audit_event e
        WHERE h.organization_id = $1 AND e.organization_id = $1 AND e.seq = 4`,
      [id],
    );
    await startVerification(source, {});
    await runVerifications(never);
    // The chain itself is whole: that is why the copy is asked.
    expect(await newest(source)).toMatchObject({ state: 'intact' });
    expect(await compareWithCopy(id, covered)).toBe('ends_before');
    await recordLogin(source, 4);
    expect(await compareWithCopy(id, covered)).toBe('different');
  });

  test('is not judged where retention has deleted the event, but for the last one that went', async () => {
    const source = await agedLog();
    const [ninth, tenth] = [await hashOf(source, 9n), await hashOf(source, 10n)];
    await setRetention(source, { days: 400, confirmed: 10 });
    await deleteExpired();
    const compare = (seq: bigint, hash: string) => compareWithCopy(source.organization.id, { seq, hash });
    expect(await compare(9n, ninth)).toBe('deleted');
    expect(await compare(10n, tenth.toUpperCase())).toBe('same');
    expect(await compare(10n, ninth)).toBe('different');
  });
});
