import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { startPostgres } from '@/bin/postgres/cluster';
import { applyMigrations } from '@/prisma/migrations';

// How fast one stream is drained: npx tsx bench/drain.ts [--events 100000] [--runs 3] [--durable]
// The events lie in PostgreSQL; a plain receiver counts what arrives. Prints events per second with and without gzip,
// and the CPU seconds of this process for a million events.

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '3' },
    /** Commits wait for the disk, as in production. */
    durable: { type: 'boolean', default: false },
  },
});
const events = Number(values.events);
const recordBytes = 600;

const dataDirectory = await mkdtemp(path.join(tmpdir(), 'tracekeep-bench-'));
await chmod(dataDirectory, 0o711);
const cluster = await startPostgres({ dataDirectory, durable: values.durable });
try {
  await applyMigrations(cluster.url);
  Object.assign(process.env, {
    DATABASE_URL: cluster.url,
    APP_SECRET: 'bench-only-0123456789abcdef0123456789abcdef',
    ALLOW_LOOPBACK: '1',
    LOG_LEVEL: 'silent',
  });
  await measure();
} finally {
  const { closeDatabase } = await import('@/lib/db/client');
  await closeDatabase();
  await cluster.stop();
  await rm(dataDirectory, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const { db } = await import('@/lib/db/client');
  const { createIntegration } = await import('@/lib/siem/integrations/create-integration');
  const { HecClients } = await import('@/lib/siem/delivery/clients');
  const { drain } = await import('@/lib/siem/delivery/drain');
  const receiver = await startReceiver();
  const organization = { id: randomUUID(), slug: 'bench', name: 'Bench' };
  await db().organization.create({ data: organization });
  const { id } = await createIntegration(
    { organization, actor: { type: 'system' }, context: { origin: 'system' } },
    { hecUrl: receiver.url, hecToken: randomUUID(), index: 'audit' },
  );
  await fill(organization.id);

  for (let run = 1; run <= Number(values.runs); run++) {
    for (const gzip of [true, false]) {
      await db().$executeRaw`DELETE FROM siem_receipt`;
      await db().$executeRaw`
        UPDATE siem_stream SET cursor = start_seq, gzip = ${gzip}, max_events = 500, next_attempt_at = now()`;
      const clients = new HecClients();
      const before = await receiver.taken();
      const cpu = process.cpuUsage();
      const startedMs = performance.now();
      const end = await drain(id, { owner: 'bench', clients });
      const seconds = (performance.now() - startedMs) / 1_000;
      const { user, system } = process.cpuUsage(cpu);
      const after = await receiver.taken();
      await clients.close();
      const perMillion = (microseconds: number) => (microseconds / events).toFixed(1);
      console.log(
        [
          `run ${run}`,
          gzip ? 'gzip ' : 'plain',
          `${Math.round(events / seconds).toLocaleString('en')} events/s`,
          `${after.requests - before.requests} requests`,
          `${((after.bytes - before.bytes) / events).toFixed(0)} bytes an event`,
          `engine ${perMillion(user + system)} CPU s a million`,
          `receiver ${perMillion(after.user + after.system - before.user - before.system)}`,
          `${Math.round(process.memoryUsage.rss() / 1_048_576)} MB`,
          end,
        ].join(', '),
      );
    }
  }
  receiver.stop();

  /** Sealed by the table's own trigger, a thousand to a transaction. */
  async function fill(organizationId: string): Promise<void> {
    for (let from = 0; from < events; from += 1_000) {
      await db().$executeRaw`
        INSERT INTO audit_event (organization_id, seq, id, occurred_at, action, outcome, actor_type, record, hash)
        SELECT ${organizationId}::uuid, 0, id, at, 'user.login', 'success', 'user',
               rpad('{"action":"user.login","actor":{"email":"person' || n || '@acme.example","id":"' || id ||
                 '","type":"user"},"id":"' || gen_random_uuid() || '","metadata":{"note":"',
                 ${recordBytes - 3}::int, md5(n::text) || md5(id::text)) || '"}}', ''
          FROM (SELECT n, gen_random_uuid() AS id, clock_timestamp() AS at
                  FROM generate_series(${from + 1}::int, ${Math.min(from + 1_000, events)}::int) AS n) AS made`;
    }
    await db().$executeRaw`VACUUM ANALYZE audit_event`;
  }
}

/** The receiver in a process of its own. */
async function startReceiver() {
  const script = path.join(import.meta.dirname, 'counting-receiver.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value);
  const { port }: { port: number } = await next();
  return {
    url: `http://127.0.0.1:${port}`,
    async taken(): Promise<{ requests: number; bytes: number; user: number; system: number }> {
      child.stdin.write('\n');
      return next();
    },
    stop: () => child.stdin.end(),
  };
}
