import { describe, expect, test } from 'vitest';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';
import { addToLog } from './query/testing/log-of';
import { asSuperuser } from './testing/as-superuser';
import { recordLogin } from './testing/record-login';
import { verifyChain } from './verify';

const { superuserUrl } = useDatabase();
const attack = (sql: string, values: unknown[]) => asSuperuser(superuserUrl, sql, values);

describe('verify names the first bad seq', () => {
  const alterations = {
    id: 'gen_random_uuid()',
    occurred_at: "occurred_at + interval '1 ms'",
    action: "'scan.delete'",
    outcome: "'failure'",
    actor_type: "'system'",
    actor_id: "'somebody-else'",
    actor_name: "'Mallory'",
    actor_email: 'NULL',
    target_type: "'scan'",
    target_id: "'x'",
    target_name: "'x'",
    ip: "'198.51.100.1'",
    origin: "'scheduler'",
    request_id: 'gen_random_uuid()',
    session_id: 'NULL',
    actor_ref: 'gen_random_uuid()',
    target_ref: 'NULL',
    record: "replace(record, 'Alice', 'Mallory')",
    hash: "sha256('x')",
  };

  test.each(Object.entries(alterations))(
    'when the column %s is altered by a superuser',
    async (column, value) => {
      const source = await createOrganization();
      await recordLogin(source, 7);
      await attack(`UPDATE audit_event SET ${column} = ${value} WHERE organization_id = $1 AND seq = 4`, [
        source.organization.id,
      ]);
      expect((await verifyChain(source.organization.id)).fault?.seq).toBe(4n);
    },
  );

  test('when an event is missing from the middle or from the end', async () => {
    const source = await createOrganization();
    await recordLogin(source, 7);
    await attack('DELETE FROM audit_event WHERE organization_id = $1 AND seq = 7', [source.organization.id]);
    expect((await verifyChain(source.organization.id)).fault).toEqual({
      seq: 7n,
      reason: 'the event is missing',
    });
    await attack('DELETE FROM audit_event WHERE organization_id = $1 AND seq = 3', [source.organization.id]);
    expect((await verifyChain(source.organization.id)).fault?.seq).toBe(3n);
  });

  test('when an event was put behind the end, or the record is another organization’s', async () => {
    const source = await createOrganization();
    const other = await createOrganization();
    await recordLogin(source, 2);
    await recordLogin(other, 2);
    await attack(
      `INSERT INTO audit_event SELECT organization_id, 9, gen_random_uuid(), occurred_at, action, outcome, actor_type,
         actor_id, actor_name, actor_email, target_type, target_id, target_name, ip, record, hash FROM audit_event
        WHERE organization_id = $1 AND seq = 1`,
      [source.organization.id],
    );
    expect((await verifyChain(source.organization.id)).fault?.seq).toBe(9n);
    await attack(
      `UPDATE audit_event e SET record = o.record, hash = o.hash FROM audit_event o
        WHERE e.organization_id = $1 AND o.organization_id = $2 AND e.seq = o.seq`,
      [source.organization.id, other.organization.id],
    );
    expect((await verifyChain(source.organization.id)).fault?.seq).toBe(1n);
  });

  test.each(['actor', 'target'])('when the %s can no longer be found by name', async (role) => {
    const source = await createOrganization();
    await recordLogin(source, 2);
    const condition = 'WHERE organization_id = $1 AND role = $2';
    await attack(`UPDATE audit_party SET name = 'Mallory' ${condition}`, [source.organization.id, role]);
    expect((await verifyChain(source.organization.id)).fault).toEqual({
      seq: 1n,
      reason: `a search by the name of the ${role} does not find the event`,
    });
    await attack(`DELETE FROM audit_party ${condition}`, [source.organization.id, role]);
    expect((await verifyChain(source.organization.id)).fault?.seq).toBe(1n);
  });

  test('when searches by time no longer know that a clock was set back', async () => {
    const source = await createOrganization();
    await addToLog(
      source,
      [0, 5, -2, 6].map((hours) => ({ time: new Date(Date.now() + hours * 3_600_000) })),
    );
    expect((await verifyChain(source.organization.id)).fault).toBeUndefined();
    await attack('UPDATE audit_head SET set_back_ms = 1 WHERE organization_id = $1', [
      source.organization.id,
    ]);
    expect((await verifyChain(source.organization.id)).fault?.seq).toBe(3n);
  });

  test('when the organization’s number was renumbered: columns seq and organization_id', async () => {
    const source = await createOrganization();
    await recordLogin(source, 5);
    await attack('UPDATE audit_event SET seq = 50 WHERE organization_id = $1 AND seq = 2', [
      source.organization.id,
    ]);
    expect((await verifyChain(source.organization.id)).fault?.seq).toBe(2n);
  });
});
