import { createHash } from 'node:crypto';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { pool } from '@/lib/db/pool';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';
import { onAuditCommitted } from './committed';
import type { AuditSource } from './event';
import { getAuditEvent } from './get-event';
import { recordAudit } from './record';
import { asSuperuser } from './testing/as-superuser';
import { recordLogin } from './testing/record-login';
import { withTransaction } from './transaction';
import { verifyChain } from './verify';

const { superuserUrl } = useDatabase();

type StoredRow = { seq: string; record: string; hash: Buffer; occurred_at: Date };

async function rowsOf(source: AuditSource): Promise<StoredRow[]> {
  const { rows } = await pool().query<StoredRow>(
    'SELECT * FROM audit_event WHERE organization_id = $1 ORDER BY seq',
    [source.organization.id],
  );
  return rows;
}

describe('numbering and sealing', () => {
  test('16 concurrent writers leave seq 1..n without gap, time in order, and a chain that verifies', async () => {
    const source = await createOrganization();
    const other = await createOrganization();
    const writers = Array.from({ length: 16 }, async (_, writer) => {
      for (let n = 0; n < 12; n++) {
        const doomed = (writer + n) % 5 === 0;
        const attempt = withTransaction(async (tx) => {
          recordAudit(tx, {
            ...(writer % 4 === 3 ? other : source),
            action: 'user.login',
            targets: [{ type: 'user' }],
            metadata: { method: 'email' },
          });
          if (doomed) throw new Error('rolled back on purpose');
        });
        if (doomed) await expect(attempt).rejects.toThrow('on purpose');
        else await attempt;
      }
    });
    await Promise.all(writers);

    for (const organization of [source, other]) {
      const rows = await rowsOf(organization);
      expect(rows.map((row) => Number(row.seq))).toEqual(rows.map((_, index) => index + 1));
      const times = rows.map((row) => row.occurred_at.getTime());
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(await verifyChain(organization.organization.id)).toMatchObject({ events: rows.length });
      expect((await verifyChain(organization.organization.id)).fault).toBeUndefined();
    }
    expect((await rowsOf(source)).length + (await rowsOf(other)).length).toBeGreaterThan(100);
  });

  test('a rolled-back transaction leaves no row, no gap and no announcement', async () => {
    const source = await createOrganization();
    const announced: string[] = [];
    const stop = onAuditCommitted((id) => announced.push(id));
    await recordLogin(source);
    await expect(
      withTransaction(async (tx) => {
        recordAudit(tx, { ...source, action: 'user.reactivate', targets: [], metadata: {} });
        await tx.organization.update({ where: { id: source.organization.id }, data: { name: 'Changed' } });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await recordLogin(source);
    stop();

    expect((await rowsOf(source)).map((row) => row.seq)).toEqual(['1', '2']);
    expect(announced).toEqual([source.organization.id, source.organization.id]);
    const stored = await db().organization.findUniqueOrThrow({ where: { id: source.organization.id } });
    expect(stored.name).toBe('Acme Security');
  });

  test('if the event cannot be written, the change does not happen', async () => {
    const source = await createOrganization();
    await expect(
      withTransaction(async (tx) => {
        await tx.organization.update({ where: { id: source.organization.id }, data: { name: 'Changed' } });
        // A stranger to the catalogue, as a version mix-up would produce it.
        recordAudit(tx, {
          ...source,
          action: 'user.reactivate',
          targets: [],
          metadata: { token: 'x' } as never,
        });
      }),
    ).rejects.toThrow();
    const stored = await db().organization.findUniqueOrThrow({ where: { id: source.organization.id } });
    expect(stored.name).toBe('Acme Security');
    expect(await rowsOf(source)).toEqual([]);
  });

  test('ten independent lines compute the same chain, byte for byte', async () => {
    const source = await createOrganization();
    await recordLogin(source, 25);
    let hash = createHash('sha256').update(`tracekeep:audit:v1:${source.organization.id}`).digest();
    for (const row of await rowsOf(source)) {
      const number = new Uint8Array(new BigUint64Array([BigInt(row.seq)]).buffer).reverse();
      hash = createHash('sha256')
        .update(Buffer.concat([hash, number, Buffer.from(row.record, 'utf8')]))
        .digest();
      expect(row.hash.toString('hex')).toBe(hash.toString('hex'));
    }
  });
});

test('a damaged record is still shown as it stands', async () => {
  const source = await createOrganization();
  await recordLogin(source);
  const { id } = await db().auditEvent.findFirstOrThrow({
    where: { organizationId: source.organization.id },
  });
  await asSuperuser(superuserUrl, `UPDATE audit_event SET record = '{"cut' WHERE organization_id = $1`, [
    source.organization.id,
  ]);
  expect(await getAuditEvent(source.organization.id, id)).toMatchObject({ seq: '1', raw: '{"cut' });
});

describe('append-only', () => {
  test.each([
    'UPDATE audit_event SET action = action',
    'DELETE FROM audit_event',
    'TRUNCATE audit_event',
    'TRUNCATE audit_event CASCADE',
    'DELETE FROM audit_head',
    'TRUNCATE audit_head',
    "UPDATE audit_party SET name = 'Mallory'",
    'DELETE FROM audit_party',
    'TRUNCATE audit_party',
  ])('%s is refused, also for a superuser in replica mode', async (statement) => {
    const source = await createOrganization();
    await recordLogin(source);
    await expect(pool().query(statement)).rejects.toThrow(/append-only/);
    const client = new pg.Client({ connectionString: superuserUrl });
    await client.connect();
    await client.query("SET session_replication_role = 'replica'");
    await expect(client.query(statement)).rejects.toThrow(/append-only/);
    await client.end();
    expect(await rowsOf(source)).toHaveLength(1);
  });

  test('an insert cannot choose its own number or hash', async () => {
    const source = await createOrganization();
    await recordLogin(source);
    await pool().query(
      `INSERT INTO audit_event SELECT organization_id, 999, gen_random_uuid(), occurred_at, action, outcome, actor_type,
         actor_id, actor_name, actor_email, target_type, target_id, target_name, ip, record, '\\xff' FROM audit_event
        WHERE organization_id = $1`,
      [source.organization.id],
    );
    const rows = await rowsOf(source);
    expect(rows.map((row) => row.seq)).toEqual(['1', '2']);
    expect(rows[1]?.hash).toHaveLength(32);
  });
});
