import { beforeAll, describe, expect, test } from 'vitest';
import { auditActions, catalog } from '@/lib/audit/catalog';
import { recordSchema } from '@/lib/audit/columns';
import { verifyChain } from '@/lib/audit/verify';
import { knownKeys } from '@/lib/crypto/signing-key';
import { db } from '@/lib/db/client';
import { pool } from '@/lib/db/pool';
import { listExpiringKeys } from '@/lib/overview/expiring-keys';
import { countFailedSignIns } from '@/lib/overview/failed-sign-ins';
import { countOpenInvitations } from '@/lib/overview/open-invitations';
import { listScanResults } from '@/lib/overview/scan-results';
import { readReport } from '@/lib/scans/report';
import { eventCount } from '@/prisma/demo/story';
import { seedDemo } from '@/prisma/seed';
import { useDatabase } from '@/test/database';

useDatabase();

const now = new Date();
const splunkPage = 'http://127.0.0.1:8088/';
let organizationId = '';

beforeAll(async () => {
  await seedDemo({ splunkPage, now });
  organizationId = (await db().organization.findFirstOrThrow()).id;
}, 60_000);

type Row = {
  id: string;
  action: string;
  occurred_at: Date;
  actor_type: string;
  actor_id: string;
  record: string;
};

async function allEvents(): Promise<Row[]> {
  const { rows } = await pool().query<Row>('SELECT * FROM audit_event ORDER BY seq');
  return rows;
}

const count = async (sql: string) => {
  const { rows } = await pool().query<{ count: string }>(`SELECT count(*) FROM ${sql}`);
  return Number(rows[0]?.count);
};

describe('the log', () => {
  test('is 20,000 sealed events of every kind, of the last ninety days, in the order of time', async () => {
    const verification = await verifyChain(organizationId, { keys: knownKeys() });
    expect(verification.fault).toBeUndefined();
    expect(verification.events).toBe(eventCount);

    const events = await allEvents();
    // Nothing of ninety days is old enough for retention to delete it.
    const told = auditActions.filter((action) => action !== 'audit_log.delete');
    expect([...new Set(events.map(({ action }) => action))].toSorted()).toEqual(told.toSorted());
    const times = events.map(({ occurred_at }) => occurred_at.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThan(now.getTime());
    expect(times[0]).toBeGreaterThan(now.getTime() - 91 * 86_400_000);
    expect(times[0]).toBeLessThan(now.getTime() - 85 * 86_400_000);
    for (const { action, record } of events) {
      const { metadata } = recordSchema.parse(JSON.parse(record));
      expect(Object.hasOwn(catalog, action) && metadata).toBeTruthy();
    }
  }, 60_000);

  test('names only people, keys, invitations and sessions that exist', async () => {
    expect(
      await count(`audit_event e WHERE actor_type = 'user'
                    AND NOT EXISTS (SELECT 1 FROM app_user u WHERE u.id::text = e.actor_id)`),
    ).toBe(0);
    const targets = { user: 'app_user', api_key: 'api_key', invitation: 'invitation' };
    for (const [type, table] of Object.entries(targets)) {
      expect(
        await count(`audit_event e WHERE target_type = '${type}' AND target_id IS NOT NULL
                      AND NOT EXISTS (SELECT 1 FROM ${table} t WHERE t.id::text = e.target_id)`),
        type,
      ).toBe(0);
    }
    // Who acts in the console signed in before, in that very session.
    expect(
      await count(`(SELECT record::jsonb -> 'context' ->> 'session_id' AS session, min(seq) AS first,
                           min(seq) FILTER (WHERE action = 'user.login') AS signed_in
                      FROM audit_event WHERE record::jsonb -> 'context' ? 'session_id' GROUP BY session) AS s
                    WHERE signed_in IS DISTINCT FROM first`),
    ).toBe(0);
  });

  test('lets nobody do what their role did not allow, or act before they came and after they left', async () => {
    const adminOnly = `('user.update_role', 'user.deactivate', 'user.reactivate', 'user.revoke_sessions', 'api-key.create',
      'api-key.delete', 'scan.create', 'scan.schedule', 'scan.unschedule', 'scan.delete', 'scan.stop',
      'organization.invitation.create', 'organization.invitation.revoke', 'organization.invitation.resend')`;
    expect(
      await count(`audit_event WHERE record::jsonb -> 'actor' ->> 'role' <> 'admin'
                    AND (action IN ${adminOnly} OR action LIKE 'organization.auth.%' OR action LIKE 'siem.%')`),
    ).toBe(0);
    expect(
      await count(`audit_event e JOIN app_user u ON u.id::text = e.actor_id
                    WHERE e.occurred_at < u.created_at OR (u.status = 'deactivated' AND e.occurred_at >
                      (SELECT max(occurred_at) FROM audit_event d WHERE d.action = 'user.deactivate' AND d.target_id = e.actor_id))`),
    ).toBe(0);
  });

  test('has the rhythm of people: working days, nights for the scheduler, a burst of failed sign-ins', async () => {
    const { rows } = await pool().query<{ weekend: boolean; logins: number }>(
      `SELECT extract(isodow FROM occurred_at AT TIME ZONE 'Europe/Berlin') > 5 AS weekend, count(*)::int AS logins
         FROM audit_event WHERE action = 'user.login' GROUP BY weekend`,
    );
    const logins = Object.fromEntries(rows.map((row) => [String(row.weekend), row.logins]));
    expect(logins.false).toBeGreaterThan(10 * (logins.true ?? 0));
    const { lastDay, dayBefore } = await countFailedSignIns(organizationId);
    expect(lastDay).toBeGreaterThan(3 * dayBefore);
  });
});

describe('the rows', () => {
  test('are people of every role and state, and one whom only a provider knows', async () => {
    const people = await db().user.findMany({ include: { identities: true } });
    expect(people).toHaveLength(12);
    expect(new Set(people.map(({ role }) => role))).toEqual(new Set(['admin', 'auditor', 'member']));
    expect(people.filter(({ status }) => status === 'deactivated').map(({ name }) => name)).toEqual([
      'Lars Becker',
    ]);
    expect(people.filter(({ passwordHash }) => passwordHash === null)).toMatchObject([
      { name: 'Noor Haddad', identities: [{ connection: expect.stringMatching(/^oidc:/) }] },
    ]);
    expect(await db().oidcConnection.findMany()).toMatchObject([
      { issuer: 'https://login.acme.example', enabled: false },
    ]);
  });

  test('are invitations and keys in every state', async () => {
    expect(await countOpenInvitations(organizationId)).toMatchObject({ pending: 2 });
    const invitations = await db().invitation.findMany();
    expect(invitations.filter(({ acceptedAt }) => acceptedAt)).toHaveLength(10);
    expect(invitations.filter(({ revokedAt }) => revokedAt)).toHaveLength(1);
    expect(
      invitations.filter(
        ({ acceptedAt, revokedAt, expiresAt }) => !acceptedAt && !revokedAt && expiresAt < now,
      ),
    ).toHaveLength(1);

    const keys = await db().apiKey.findMany();
    expect(keys.filter(({ revokedAt }) => revokedAt)).toHaveLength(2);
    expect(keys.filter(({ lastUsedAt }) => lastUsedAt === null)).toMatchObject([{ name: 'terraform' }]);
    expect(await listExpiringKeys(organizationId)).toMatchObject([
      { name: 'grafana-reader', expired: false },
    ]);
  });

  test('are scans whose runs the log tells, with findings, something new, a failure, and nothing due', async () => {
    const scans = await db().scan.findMany({ include: { runs: true } });
    expect(scans.map(({ name }) => name).toSorted()).toEqual([
      'api-gateway',
      'customer-portal',
      'intranet-legacy',
      'splunk-rehearsal',
      'staging-nightly',
      'www-nightly',
    ]);
    expect(scans.filter(({ nextRunAt }) => nextRunAt)).toHaveLength(3);
    expect(scans.every(({ nextRunAt }) => nextRunAt === null || nextRunAt > now)).toBe(true);
    for (const { name, targetUrl } of scans) {
      if (name === 'splunk-rehearsal') expect(targetUrl).toBe(splunkPage);
      else expect(new URL(targetUrl).hostname).toMatch(/\.acme\.example$/);
    }
    const runs = scans.flatMap((scan) => scan.runs);
    expect(
      runs.every(({ status, findings }) => (status === 'finished') === (readReport(findings) !== null)),
    ).toBe(true);
    expect(
      await count(`scan_run r WHERE NOT EXISTS (SELECT 1 FROM audit_event e WHERE e.action = 'scan.start'
                     AND e.target_id = r.scan_id::text AND e.record::jsonb -> 'metadata' ->> 'run_id' = r.id::text)`),
    ).toBe(0);
    expect(await listScanResults(organizationId)).toMatchObject([
      { name: 'staging-nightly', status: 'failed' },
      { name: 'customer-portal', newFindings: 3 },
      {},
      {},
      {},
      {},
    ]);
  });
});
