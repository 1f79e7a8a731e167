import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { z } from 'zod';
import { measureClicks } from '@/bench/browser/clicks';
import { installClock } from '@/bench/browser/clock';
import { measureFilters } from '@/bench/browser/filters';
import { startLogApplication } from '@/bench/browser/log-application';
import { big } from '@/bench/load-logs';
import { prepareLog } from '@/bench/prepared-log';
import { clickTable, millions, paintTable } from '@/bench/report';
import { buildApplication, generateClient } from '@/bin/build';
import { startPostgres } from '@/bin/postgres/cluster';
import { Problem } from '@/bin/problem';
import { runProgram, stage } from '@/bin/program';
import { loadSettings } from '@/bin/settings';
import { launchOptions } from '@/e2e/browser';
import { withDatabase } from '@/e2e/database';
import { insertPerson, signIn } from '@/e2e/fixtures';

// The program behind `npm run bench:browser`: how long a reader of a large audit log waits, measured in the browser
// against the production build. docs/performance.md explains the tables that it prints.

const usage = 'Usage: npm run bench:browser [-- --events 1000000] [--runs 20] [--rounds 8]';

const optionsSchema = z.object({
  events: z.coerce.number().int().min(100_000).default(1_000_000),
  runs: z.coerce.number().int().min(1).max(100).default(20),
  rounds: z.coerce.number().int().min(1).max(8).default(8),
});

await runProgram(async (program) => {
  const { events, runs, rounds } = readOptions();
  const { dataDirectory } = loadSettings({ dotEnv: false, within: 'bench' });
  await generateClient(program);
  await buildApplication(program);
  const directory = path.join(dataDirectory, `log-${events}`);
  await prepareLog(program, directory, { events, others: 200, othersEvents: 2_000 });

  const cluster = await startPostgres({ dataDirectory: directory });
  program.atExit(() => cluster.stop());
  const application = await stage(program, 'Starting the application', () =>
    startLogApplication(cluster.url),
  );
  program.atExit(() => application.stop());
  const browser = await chromium.launch(launchOptions());
  program.atExit(() => browser.close());

  const organization = { id: big.organizationId, slug: big.slug, name: big.slug };
  const person = await withDatabase(cluster.url, (query) => insertPerson(query, organization, 'admin'));
  const context = await browser.newContext({ baseURL: application.url, timezoneId: 'UTC', locale: 'en-US' });
  const page = await context.newPage();
  await installClock(page);
  await signIn(page, person);

  await stage(program, 'Warming up', () => measureFilters(page, 1));
  const filters = await stage(program, 'Filters until the rows are painted', () =>
    measureFilters(page, runs),
  );
  const clicks = await stage(program, 'Clicks and keys, four times slower', () =>
    measureClicks(page, rounds),
  );
  console.log(`
${millions(events)} events, ${browser.browserType().name()} ${browser.version()}. Times in milliseconds.

${paintTable(filters)}

${clickTable(clicks)}`);
});

function readOptions(): z.infer<typeof optionsSchema> {
  try {
    const text = { type: 'string' } as const;
    return optionsSchema.parse(parseArgs({ options: { events: text, runs: text, rounds: text } }).values);
  } catch {
    throw new Problem(usage);
  }
}
