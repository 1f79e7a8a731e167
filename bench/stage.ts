import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { placeholders, record } from '@/bench/record';
import { startPostgres } from '@/bin/postgres/cluster';
import { findPostmaster } from '@/bin/postgres/postmaster';
import { applyMigrations } from '@/prisma/migrations';

/** An organization whose events wait for a stream. */
export type Backlog = {
  readonly organizationId: string;
  readonly integrationId: string;
  /** Puts the stream so many events before the end of the log. */
  rewind(events: number, gzip: boolean): Promise<void>;
};

export type Stage = {
  readonly databaseUrl: string;
  /** Of the first process of PostgreSQL: those that it starts are its children. */
  readonly postmaster: number;
  /** Makes an organization with so many events of some 600 bytes, sent to `receiver`. */
  fill(receiver: string, events: number): Promise<Backlog>;
  stop(): Promise<void>;
};

/** A PostgreSQL of its own in a temporary directory. `durable`: commits wait for the disk. */
export async function openStage(durable: boolean): Promise<Stage> {
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'tracekeep-bench-'));
  // Under root PostgreSQL runs as another account, which mkdtemp would keep out.
  await chmod(dataDirectory, 0o711);
  const cluster = await startPostgres({ dataDirectory, durable });
  await applyMigrations(cluster.url);
  Object.assign(process.env, {
    DATABASE_URL: cluster.url,
    APP_SECRET: 'bench-only-0123456789abcdef0123456789abcdef',
    ALLOW_LOOPBACK: '1',
    LOG_LEVEL: 'silent',
  });
  return {
    databaseUrl: cluster.url,
    postmaster: findPostmaster(path.join(dataDirectory, 'postgres'))?.pid ?? 0,
    fill,
    async stop() {
      const { closeDatabase } = await import('@/lib/db/client');
      await closeDatabase();
      await cluster.stop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

async function fill(receiver: string, events: number): Promise<Backlog> {
  // Imported here because they read DATABASE_URL.
  const { db } = await import('@/lib/db/client');
  const { createIntegration } = await import('@/lib/siem/integrations/create-integration');
  const id = randomUUID();
  const organization = { id, slug: `bench-${id.slice(0, 8)}`, name: 'Bench' };
  await db().organization.create({ data: organization });
  const integration = await createIntegration(
    { organization, actor: { type: 'system' }, context: { origin: 'system' } },
    { hecUrl: receiver, hecToken: randomUUID(), index: 'audit' },
  );
  // Numbered and sealed by the table's own trigger, a thousand to a transaction.
  for (let from = 0; from < events; from += 1_000) {
    await db().$executeRaw`
      INSERT INTO audit_event (organization_id, seq, id, occurred_at, action, outcome, actor_type, record, hash)
      SELECT ${id}::uuid, 0, event_id, clock_timestamp(), 'scan.start', 'success', 'user',
             replace(replace(replace(${record}::text, ${placeholders.event}, event_id::text),
                             ${placeholders.run}, gen_random_uuid()::text),
                     ${placeholders.request}, gen_random_uuid()::text), ''
        FROM (SELECT gen_random_uuid() AS event_id
                FROM generate_series(${from + 1}::int, ${Math.min(from + 1_000, events)}::int)) AS made`;
  }
  await db().$executeRaw`VACUUM ANALYZE audit_event`;
  return {
    organizationId: id,
    integrationId: integration.id,
    async rewind(waiting, gzip) {
      await db().$executeRaw`DELETE FROM siem_receipt WHERE integration_id = ${integration.id}::uuid`;
      await db().$executeRaw`
        UPDATE siem_stream s SET cursor = h.seq - ${waiting}, gzip = ${gzip}, max_events = 500, state = 'healthy',
               next_attempt_at = now() - interval '1 second', lease_until = NULL, lease_owner = NULL
          FROM audit_head h WHERE h.organization_id = s.organization_id AND s.integration_id = ${integration.id}::uuid`;
    },
  };
}
