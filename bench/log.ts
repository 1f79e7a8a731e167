import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { dropFileCache } from '@/bench/drop-file-cache';
import { type Exported, exportedSchema } from '@/bench/measure-exports';
import { prepareLog } from '@/bench/prepared-log';
import { exportTable, insertTable, type Measured, millions, queryTable, type Times } from '@/bench/report';
import { generateClient } from '@/bin/build';
import { startPostgres } from '@/bin/postgres/cluster';
import { Problem } from '@/bin/problem';
import { type Program, runProgram, stage } from '@/bin/program';
import { loadSettings } from '@/bin/settings';
import { runTool } from '@/bin/subprocess';

// The program behind `npm run bench:log`: how fast the audit log answers and is written at 100,000 events and at ten
// million, among 200 other organizations. docs/performance.md explains the table that it prints.

const usage = 'Usage: npm run bench:log [-- --events 10000000] [--cold 5] [--only reading|exports|writing]';
const smallSize = 100_000;
const writingRounds = 4;
const around = { others: 200, othersEvents: 2_000 };

const optionsSchema = z.object({
  events: z.coerce.number().int().min(smallSize).default(10_000_000),
  cold: z.coerce.number().int().min(1).max(50).default(5),
  only: z.enum(['reading', 'exports', 'writing']).optional(),
});
const timesSchema = z.record(z.string(), z.array(z.number()));
const verifiedSchema = z.object({ events: z.number(), fault: z.string().optional() });

await runProgram(async (program) => {
  const { events, cold, only } = readOptions();
  const wants = (part: typeof only) => only === undefined || only === part;
  const { dataDirectory } = loadSettings({ dotEnv: false, within: 'bench' });
  await generateClient(program);
  const small = await prepare(program, dataDirectory, smallSize);
  const large = await prepare(program, dataDirectory, events);
  const both = [small, large];
  const tables: string[] = [];
  if (wants('reading')) {
    for (const log of both) await measureReading(program, log, cold);
    tables.push(queryTable(small, large));
  }
  if (wants('exports')) tables.push(exportTable(await measureExports(program, large)));
  if (wants('writing')) {
    await stage(program, 'Writing to both', () => measureWriting(program, both));
    tables.push(insertTable(small, large));
  }
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  console.log(`
${cpus().length} cores (${cpus()[0]?.model.trim()}), ${gigabytes} GB, Node ${process.version}. Times in milliseconds.

${tables.join('\n\n')}`);
});

function readOptions(): z.infer<typeof optionsSchema> {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({ options: { events: text, cold: text, only: text } });
    return optionsSchema.parse(values);
  } catch {
    throw new Problem(usage);
  }
}

type Log = Measured & { directory: string };

async function prepare(program: Program, dataDirectory: string, events: number): Promise<Log> {
  const directory = path.join(dataDirectory, `log-${events}`);
  await prepareLog(program, directory, { events, ...around });
  await stage(program, `${millions(events)} events, the chain`, () => requireIntactChain(program, directory));
  return { events, directory, warm: {}, cold: {}, insert: {} };
}

async function measureReading(program: Program, log: Log, rounds: number): Promise<void> {
  const { directory, cold } = log;
  const size = millions(log.events);
  await stage(program, `${size} events, cold`, async () => {
    for (let round = 0; round < rounds; round += 1) {
      if (!(await dropFileCache(directory))) console.log('(only PostgreSQL is cold: there is no GNU dd) ');
      add(cold, await measure(program, directory, 'cold', round));
    }
  });
  log.warm = await stage(program, `${size} events, warm`, () => measure(program, directory, 'warm'));
}

async function measureExports(program: Program, { directory, events }: Log): Promise<Exported> {
  return stage(program, `${millions(events)} events, exports`, async () =>
    exportedSchema.parse(await run(program, directory, 'export')),
  );
}

/** In turns, so that whatever else the machine does while it writes to the one it also does while it writes to the other. */
async function measureWriting(program: Program, logs: readonly Log[]): Promise<void> {
  for (let round = 0; round < writingRounds; round += 1) {
    for (const { directory, insert } of logs) {
      add(insert, await measure(program, directory, 'insert'));
    }
  }
}

function add(times: Times, more: Times): void {
  for (const [name, of] of Object.entries(more)) times[name] = [...(times[name] ?? []), ...of];
}

/** Starts the database as an installation has it, measures in a process of its own, and stops it. */
async function run(program: Program, directory: string, mode: string, seed = 0): Promise<unknown> {
  const cluster = await startPostgres({ dataDirectory: directory });
  try {
    const { code, output } = await runTool('tsx', ['bench/measure-log.ts', mode, String(seed)], {
      signal: program.signal,
      env: { DATABASE_URL: cluster.url, APP_SECRET: 'a secret for a benchmark, which seals nothing' },
    });
    if (code !== 0) throw new Problem(`The measurement failed:\n${output}`);
    return JSON.parse(output);
  } finally {
    await cluster.stop();
  }
}

async function measure(program: Program, directory: string, mode: string, seed = 0): Promise<Times> {
  return timesSchema.parse(await run(program, directory, mode, seed));
}

/** A benchmark of something else than what the product writes would prove nothing. */
async function requireIntactChain(program: Program, directory: string): Promise<void> {
  const { fault } = verifiedSchema.parse(await run(program, directory, 'verify'));
  if (fault) throw new Problem(`The generated log is not one that the product writes. ${fault}`);
}
