import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildApplication, generateClient } from '@/bin/build';
import { ensureBrowser } from '@/bin/install-browser';
import { Problem } from '@/bin/problem';
import { type Program, runProgram, seconds } from '@/bin/program';
import { runFaults } from '@/bin/run-faults';
import { loadSettings } from '@/bin/settings';
import { runTool } from '@/bin/subprocess';
import { type Count, countTests, type StepResult, summarize } from '@/bin/test-report';

// The program behind `npm test`: every check, one after the other. A failure does not hide the others.

const onePassed: Count = { passed: 1, failed: 0 };
const oneFailed: Count = { passed: 0, failed: 1 };

await runProgram(async (program) => {
  loadSettings({ dotEnv: false });
  // Until the last step says otherwise: an interrupted run has proved nothing.
  process.exitCode = 1;
  const reports = await mkdtemp(path.join(tmpdir(), 'tracekeep-reports-'));
  program.atExit(() => rm(reports, { recursive: true, force: true }));
  await generateClient(program);

  const results: StepResult[] = [];
  const step = async (name: string, work: () => Promise<Count>) => {
    console.log(`\n── ${name}`);
    const begin = performance.now();
    const count = await work().catch((error: unknown) => {
      program.signal.throwIfAborted();
      console.log(error instanceof Problem ? error.message : error);
      return oneFailed;
    });
    const durationMs = performance.now() - begin;
    results.push({ name, durationMs, ...count });
    console.log(`   ${count.failed > 0 ? 'failed' : 'passed'} in ${seconds(durationMs)}`);
    return count.failed === 0;
  };

  await step('Format', () => check(program, 'biome', ['format']));
  await step('Lint', () => check(program, 'biome', ['lint', '--error-on-warnings']));
  await step('Types', async () => {
    const routes = await check(program, 'next', ['typegen']);
    return routes.failed > 0 ? routes : check(program, 'tsc', ['--noEmit']);
  });
  await step('Dead code', () => check(program, 'knip', []));
  await step('Schema and migrations', () => check(program, 'tsx', ['prisma/migrate.ts', 'diff']));
  await step('Unit and database tests', () => unitTests(program, path.join(reports, 'vitest.json')));
  const built = await step('Build', async () => {
    await buildApplication(program);
    return onePassed;
  });
  if (built)
    await step('Fault suite, short form', () => faultSuite(program, path.join(reports, 'faults.json')));
  if (built) await step('Browser tests', () => browserTests(program, path.join(reports, 'playwright.json')));

  console.log(`\n${summarize(results)}`);
  process.exitCode = results.some(({ failed }) => failed > 0) ? 1 : 0;
});

/** A step without tests of its own: its output matters only when it fails. */
async function check({ signal }: Program, tool: string, args: string[]): Promise<Count> {
  const { code, output } = await runTool(tool, args, { signal });
  if (code !== 0) console.log(output.trim());
  return code === 0 ? onePassed : oneFailed;
}

async function unitTests({ signal }: Program, report: string): Promise<Count> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const env = { NODE_ENV: 'test', CI: '1' };
  const { code } = await runTool('vitest', ['run', ...reporters], { signal, env, onOutput: show });
  return countTests(report, code);
}

async function faultSuite(program: Program, report: string): Promise<Count> {
  return countTests(report, await runFaults(program, { form: 'short', report }));
}

async function browserTests(program: Program, report: string): Promise<Count> {
  await ensureBrowser(program);
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const options = { signal: program.signal, env, onOutput: show };
  const { code } = await runTool('playwright', ['test', '--reporter=list,json'], options);
  return countTests(report, code);
}

function show(text: string): void {
  process.stdout.write(text);
}
