import { z } from 'zod';
import { cases } from '@/bench/cases';
import { big } from '@/bench/load-logs';
import { measureExports } from '@/bench/measure-exports';
import { verifySample } from '@/bench/verify-sample';
import { unlessTooSlow } from '@/lib/audit/query/unless-too-slow';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { uuidV7 } from '@/lib/audit/uuid-v7';
import { closeDatabase } from '@/lib/db/client';

// One measurement of the database of DATABASE_URL, in a process of its own: `warm` runs each case often, `cold` each
// once after a restart, `insert` writes events, `export` makes files, `verify` recomputes the chain in places. Prints
// milliseconds as JSON.

const { mode, seed } = z
  .tuple([z.enum(['warm', 'cold', 'insert', 'export', 'verify']), z.coerce.number()])
  .transform(([mode, seed]) => ({ mode, seed }))
  .parse(process.argv.slice(2));

const warmUps = 3;
const runs = 40;

const measurements = {
  warm,
  cold,
  insert,
  export: measureExports,
  verify: () => verifySample(big.organizationId),
};
console.log(JSON.stringify(await measurements[mode]()));
await closeDatabase();

/** What is given up counts with the time after which it was. */
async function time(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await unlessTooSlow(work());
  return performance.now() - begin;
}

async function warm(): Promise<Record<string, number[]>> {
  const result: Record<string, number[]> = {};
  for (const { name, run } of await cases()) {
    const times: number[] = [];
    for (let n = 0; n < warmUps + runs; n += 1) times.push(await time(() => run(n)));
    result[name] = times.slice(warmUps);
  }
  return result;
}

/** Each case once, in another order each time, because the first pays for what all need. */
async function cold(): Promise<Record<string, number[]>> {
  const all = await cases();
  const result: Record<string, number[]> = {};
  const rank = new Map(all.map(({ name }, index) => [name, ((index + 1) * 7919 * (seed + 1)) % 104_729]));
  for (const { name, run } of all.toSorted((a, b) => (rank.get(a.name) ?? 0) - (rank.get(b.name) ?? 0))) {
    result[name] = [await time(() => run(seed))];
  }
  return result;
}

/** Transactions of one event, as an admin makes them, and of a hundred, as a scheduler might. */
async function insert(): Promise<Record<string, number[]>> {
  const transaction = (events: number) =>
    withTransaction(async (tx) => {
      for (let n = 0; n < events; n += 1) {
        const person = Math.floor(Math.random() ** 2 * 2_000);
        recordAudit(tx, {
          organization: { id: big.organizationId, slug: big.slug, name: big.slug },
          actor: { type: 'user', id: `bench-${person}`, name: `Bench ${person}`, role: 'member' },
          context: {
            ip: `10.1.${person % 250}.${person % 200}`,
            user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
            request_id: uuidV7(new Date()),
            session_id: `bench-${person}`,
            origin: 'console',
          },
          action: 'scan.delete',
          targets: [{ type: 'scan', id: `bench-${person % 500}`, name: `scan ${person % 500}` }],
          metadata: {},
        });
      }
    });
  const result: Record<string, number[]> = { single: [], hundred: [] };
  for (let n = 0; n < 30; n += 1) await transaction(1);
  for (let n = 0; n < 300; n += 1) result.single?.push(await time(() => transaction(1)));
  for (let n = 0; n < 20; n += 1) result.hundred?.push(await time(() => transaction(100)));
  return result;
}
