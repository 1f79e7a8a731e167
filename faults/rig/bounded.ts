import type { Customer } from '@/faults/rig/customer';
import type { World } from '@/faults/rig/world';
import { db } from '@/lib/db/client';

/** One server's pool, its listener, and the queue of scans; this process has a pool, too. */
const sessionsEach = 40;
const mostMegabytes = 1_000;

/** What is beyond its bounds: sessions, forgotten transactions, memory, connections to Splunk (I8). */
export async function beyondBounds(world: World, customers: readonly Customer[]): Promise<string[]> {
  const problems: string[] = [];
  const expect = (holds: boolean, problem: string) => {
    if (!holds) problems.push(`I8: ${problem}`);
  };
  const [counts] = await db().$queryRaw<{ sessions: bigint; forgotten: bigint }[]>`
    SELECT count(*) AS sessions,
           count(*) FILTER (WHERE state LIKE 'idle in transaction%' AND state_change < now() - interval '20 s') AS forgotten
      FROM pg_stat_activity WHERE datname = current_database() AND client_port IS NOT NULL`;
  const most = BigInt(sessionsEach * (world.instances.length + 1));
  expect((counts?.sessions ?? 0n) <= most, `${counts?.sessions} sessions of the database are open`);
  expect(counts?.forgotten === 0n, `${counts?.forgotten} transactions were forgotten`);
  for (const instance of world.instances) {
    if (!instance.running) continue;
    const { megabytes } = instance;
    expect(megabytes <= mostMegabytes, `a server has ${megabytes} MB in memory`);
  }
  for (const { splunks, source } of customers) {
    const open = splunks.reduce((sum, splunk) => sum + splunk.connections().open, 0);
    // Each server may keep one alive, and one that it has given up may not have been noticed yet.
    const bound = 2 * splunks.length * (world.instances.length + world.dead.size);
    expect(open <= bound, `${open} connections to the Splunk of ${source.organization.slug} are open`);
  }
  return problems;
}
