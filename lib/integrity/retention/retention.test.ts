import { Client } from 'pg';
import { describe, expect, test } from 'vitest';
import type { AuditSource } from '@/lib/audit/event';
import { parseQuery } from '@/lib/audit/filter/query-text';
import { listAuditEvents } from '@/lib/audit/query/list-events';
import { asSuperuser } from '@/lib/audit/testing/as-superuser';
import { recordLogin } from '@/lib/audit/testing/record-login';
import { verifyChain } from '@/lib/audit/verify';
import { knownKeys } from '@/lib/crypto/signing-key';
import { db } from '@/lib/db/client';
import { deleteExpired } from '@/lib/integrity/retention/delete-expired';
import { readRetention } from '@/lib/integrity/retention/read-retention';
import { setRetention } from '@/lib/integrity/retention/set-retention';
import { agedLog, integratedUpTo } from '@/lib/integrity/testing/aged-log';
import { useDatabase } from '@/test/database';

const { url, superuserUrl } = useDatabase();

const idOf = ({ organization }: AuditSource) => organization.id;
const verify = (source: AuditSource) => verifyChain(idOf(source), { keys: knownKeys() });
const beginOf = async (source: AuditSource) =>
  (await db().auditHead.findUniqueOrThrow({ where: { organizationId: idOf(source) } })).anchorSeq + 1n;
const countOf = (source: AuditSource) => db().auditEvent.count({ where: { organizationId: idOf(source) } });

const eventsOf = async (source: AuditSource, action: string) => {
  const rows = await db().auditEvent.findMany({
    where: { organizationId: idOf(source), action },
    orderBy: { seq: 'asc' },
  });
  return rows.map(({ record }) => JSON.parse(record));
};

/** With whatever number of events that is. */
const keep = (source: AuditSource, days: number | null) => setRetention(source, { days, confirmed: 1_000 });

describe('retention', () => {
  test('deletes what is older than it, and nothing without it', async () => {
    const [kept, source] = [await agedLog(), await agedLog()];
    await keep(source, 400);
    await deleteExpired();
    expect([await beginOf(kept), await countOf(kept)]).toEqual([1n, 20]);
    expect(await beginOf(source)).toBe(11n);
    // Ten of the twenty are left, and what was recorded about it.
    expect(await countOf(source)).toBe(12);
    expect(await verify(source)).toEqual({ firstSeq: 11n, lastSeq: 22n, events: 12 });
  });

  test('is told before and after, by whom, and each deletion with the signed hash of its last event', async () => {
    const source = await agedLog();
    const tenth = await db().auditEvent.findFirstOrThrow({
      where: { organizationId: idOf(source), seq: 10n },
    });
    await keep(source, 400);
    await keep(source, 400);
    await deleteExpired();
    expect(await eventsOf(source, 'audit_log.update_retention')).toMatchObject([
      {
        actor: { name: 'Alice Fox' },
        changes: [{ field: 'retention', from: 'for ever', to: '400 days' }],
        metadata: { days: 400, events: '10' },
      },
    ]);
    expect(await eventsOf(source, 'audit_log.delete')).toMatchObject([
      {
        actor: { type: 'system' },
        metadata: {
          first_seq: '1',
          last_seq: '10',
          events: '10',
          retention_days: 400,
          hash: Buffer.from(tenth.hash).toString('hex'),
        },
      },
    ]);
  });

  test('of fewer than ninety days is refused, also by the database', async () => {
    const source = await agedLog();
    await expect(keep(source, 30)).rejects.toThrow('at least 90 days');
    await expect(
      db().organization.update({ where: { id: idOf(source) }, data: { retentionDays: 30 } }),
    ).rejects.toThrow('organization_retention_days');
  });

  test('is not set when more would go than was said', async () => {
    const source = await agedLog();
    await expect(setRetention(source, { days: 400, confirmed: 9 })).rejects.toThrow('Meanwhile more events');
    expect((await readRetention(idOf(source))).days).toBeNull();
    await setRetention(source, { days: 400, confirmed: 10 });
  });

  test('goes in steps, each of them whole, by several processes at once', async () => {
    const source = await agedLog();
    await keep(source, 90);
    await Promise.all(Array.from({ length: 4 }, () => deleteExpired(undefined, 4)));
    expect(await beginOf(source)).toBe(16n);
    const steps = await eventsOf(source, 'audit_log.delete');
    expect(steps.map(({ metadata }) => [metadata.first_seq, metadata.last_seq])).toEqual([
      ['1', '4'],
      ['5', '8'],
      ['9', '12'],
      ['13', '15'],
    ]);
    expect((await verify(source)).fault).toBeUndefined();
  });

  test('forgets whom no event names any more, and nobody else', async () => {
    const source = await agedLog();
    const parties = () => db().auditParty.findMany({ where: { organizationId: idOf(source) } });
    await recordLogin(source);
    expect((await parties()).map(({ name }) => name)).toContain('Gone Long Ago');
    await keep(source, 400);
    await deleteExpired();
    const names = (await parties()).map(({ name }) => name);
    expect(names).not.toContain('Gone Long Ago');
    expect(names).toContain('Alice Fox');
    expect((await verify(source)).fault).toBeUndefined();
  });
});

describe('what is not settled is never deleted', () => {
  test.each(['healthy', 'degraded', 'blocked', 'paused'] as const)(
    'while a %s stream has not sent it, and it is said who holds it back',
    async (state) => {
      const source = await agedLog();
      const id = await integratedUpTo(source, 4n, state);
      await keep(source, 400);
      await deleteExpired();
      expect(await beginOf(source)).toBe(5n);
      expect(await readRetention(idOf(source))).toMatchObject({
        days: 400,
        begins: { seq: '5' },
        expired: 6,
        waiting: 6,
        heldBack: [{ integration: { id }, why: 'not_delivered' }],
      });
      await db().siemStream.update({ where: { integrationId: id }, data: { cursor: 20n, provenSeq: 20n } });
      await deleteExpired();
      expect(await beginOf(source)).toBe(11n);
      expect(await readRetention(idOf(source))).toMatchObject({ expired: 0, waiting: 0, heldBack: [] });
    },
  );

  test('while the delivery of it is not proved', async () => {
    const source = await agedLog();
    const id = await integratedUpTo(source, 20n);
    await db().siemStream.update({
      where: { integrationId: id },
      data: { unaccounted: { kind: 'skipped', firstSeq: '3', lastSeq: '5', events: '3', foundAt: '' } },
    });
    await keep(source, 400);
    await deleteExpired();
    expect(await beginOf(source)).toBe(3n);
    expect((await readRetention(idOf(source))).heldBack).toMatchObject([{ why: 'unaccounted' }]);
  });

  test.each(['parked', 'retrying'] as const)('while it is %s', async (state) => {
    const source = await agedLog();
    const id = await integratedUpTo(source, 20n);
    await db().siemParked.create({
      data: { integrationId: id, seq: 7n, state, httpStatus: 400, reason: 'Odd' },
    });
    await keep(source, 400);
    await deleteExpired();
    expect(await beginOf(source)).toBe(7n);
    expect((await readRetention(idOf(source))).heldBack).toMatchObject([{ why: 'parked' }]);
    await db().siemParked.updateMany({ where: { integrationId: id }, data: { state: 'dismissed' } });
    await deleteExpired();
    expect(await beginOf(source)).toBe(11n);
  });

  test('while a replay is on its way to it', async () => {
    const source = await agedLog();
    const id = await integratedUpTo(source, 20n);
    await db().$executeRaw`
      INSERT INTO siem_replay (id, integration_id, organization_id, first_seq, last_seq, cursor, state, events_per_second,
                               max_events)
      VALUES (gen_random_uuid(), ${id}::uuid, ${idOf(source)}::uuid, 2, 9, 1, 'paused', 10, 10)`;
    await keep(source, 400);
    await deleteExpired();
    expect(await beginOf(source)).toBe(2n);
    expect((await readRetention(idOf(source))).heldBack).toMatchObject([{ why: 'replay' }]);
  });
});

describe('nobody deletes in another way', () => {
  const asOwner = async (sql: string, values: unknown[]) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return await client.query(sql, values);
    } finally {
      await client.end();
    }
  };

  test('not with the anchor moved by hand, or the function called for more than may go', async () => {
    const source = await agedLog();
    const id = idOf(source);
    const refused = 'the audit log is append-only';
    const call = 'SELECT audit_delete_until($1, $2, now(), $3, $4)';
    await expect(asOwner('DELETE FROM audit_event WHERE organization_id = $1', [id])).rejects.toThrow(
      refused,
    );
    await expect(
      asOwner(
        `UPDATE audit_head h SET anchor_seq = 3, anchor_hash = e.hash FROM audit_event e
          WHERE h.organization_id = $1 AND e.organization_id = $1 AND e.seq = 3`,
        [id],
      ),
    ).rejects.toThrow(refused);
    // Without a retention nothing may go, with one only what is old enough.
    await expect(asOwner(call, [id, 3, 'key', 'signature'])).rejects.toThrow(refused);
    await keep(source, 400);
    await expect(asOwner(call, [id, 11, 'key', 'signature'])).rejects.toThrow(refused);
    await expect(asOwner(call, [id, 3, null, 'signature'])).rejects.toThrow(refused);
    await deleteExpired();
    await expect(asOwner('DELETE FROM audit_event WHERE organization_id = $1', [id])).rejects.toThrow(
      refused,
    );
    await expect(asOwner('DELETE FROM audit_party WHERE organization_id = $1', [id])).rejects.toThrow(
      refused,
    );
    expect((await verify(source)).fault).toBeUndefined();
  });

  test('a deletion that breaks off between the anchor and the end has not happened, and is made up for', async () => {
    const source = await agedLog();
    await keep(source, 400);
    const client = new Client({ connectionString: url });
    // Its end is the point of it.
    client.on('error', () => undefined);
    await client.connect();
    await client.query('BEGIN');
    await client.query('SELECT audit_delete_until($1, 5, now(), $2, $3)', [idOf(source), 'key', 'signature']);
    const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
    const killer = new Client({ connectionString: superuserUrl });
    await killer.connect();
    await killer.query('SELECT pg_terminate_backend($1)', [rows[0].pid]);
    await killer.end();
    await expect(client.query('COMMIT')).rejects.toThrow();
    expect([await beginOf(source), await countOf(source)]).toEqual([1n, 21]);
    await deleteExpired();
    expect(await beginOf(source)).toBe(11n);
    expect((await verify(source)).fault).toBeUndefined();
  });

  test('an anchor that was altered, or moved on by whoever owns the database, is found', async () => {
    const source = await agedLog();
    await keep(source, 400);
    await deleteExpired();
    const id = idOf(source);
    const unsigned = 'the place up to which the log was deleted is not signed with a key that is known here';
    await asSuperuser(
      superuserUrl,
      `WITH moved AS (UPDATE audit_head h SET anchor_seq = 13, anchor_hash = e.hash FROM audit_event e
         WHERE h.organization_id = $1 AND e.organization_id = $1 AND e.seq = 13)
       DELETE FROM audit_event WHERE organization_id = $1 AND seq <= 13`,
      [id],
    );
    expect((await verify(source)).fault).toEqual({ seq: 13n, reason: unsigned });
  });
});

test('pages, searches and the export’s chain go on where the log does not begin with No. 1', async () => {
  const source = await agedLog();
  await keep(source, 400);
  await deleteExpired();
  const id = idOf(source);
  const first = await listAuditEvents(id, {}, { size: 5 });
  expect(first.rows.map(({ seq }) => seq)).toEqual(['22', '21', '20', '19', '18']);
  const seen: string[] = [];
  for (let cursor = first.older; cursor !== undefined; ) {
    const page = await listAuditEvents(id, {}, { size: 5, cursor });
    expect(page.cursorRefused).toBe(false);
    seen.push(...page.rows.map(({ seq }) => seq));
    cursor = page.older;
  }
  expect(seen).toEqual(['17', '16', '15', '14', '13', '12', '11']);
  for (const query of [
    'created:..2025-12-01',
    'created:2000-01-01..',
    '-created:7d',
    'scan.start',
    'actor:"Gone Long Ago"',
  ]) {
    const { filter } = parseQuery(query, 'UTC');
    const { rows } = await listAuditEvents(id, filter, { size: 50 });
    expect(
      rows.every(({ seq }) => Number(seq) > 10),
      query,
    ).toBe(true);
  }
});
