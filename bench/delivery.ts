import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { latency } from '@/bench/latency';
import { memoryAndScale } from '@/bench/memory-and-scale';
import { startReceiver } from '@/bench/processes';
import { openStage } from '@/bench/stage';
import { throughput } from '@/bench/throughput';
import type { Program } from '@/bin/program';

// The program behind `npm run bench:delivery`; docs/performance.md has its figures.

const { values } = parseArgs({
  options: {
    /** Events of the large backlog. */
    events: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    /** Only these parts: throughput, memory, latency. */
    only: { type: 'string', multiple: true, default: ['throughput', 'memory', 'latency'] },
    /** Seconds of the measurement of latency. */
    seconds: { type: 'string', default: '60' },
    'not-durable': { type: 'boolean', default: false },
    'without-splunk-logging': { type: 'boolean', default: false },
  },
});
const events = Number(values.events);
const wants = (part: string) => values.only.includes(part);

/** Measures what the options ask for and prints it. */
export async function benchmark(program: Program): Promise<void> {
  console.log(
    `${new Date().toISOString()}, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)} at the start`,
  );
  const stage = await openStage(!values['not-durable']);
  program.atExit(stage.stop);
  const receiver = await startReceiver();
  program.atExit(async () => receiver.stop());
  const library =
    wants('throughput') && !values['without-splunk-logging'] ? installSplunkLogging() : undefined;
  if (library) program.atExit(() => rm(library.directory, { recursive: true, force: true }));
  if (wants('throughput') || wants('memory')) {
    const startedMs = performance.now();
    const backlog = await stage.fill(receiver.url, events);
    console.log(
      `${events.toLocaleString('en')} events sealed in ${((performance.now() - startedMs) / 1_000).toFixed(0)} s`,
    );
    const task = { stage, receiver, backlog, events, splunkLogging: library?.file ?? null };
    if (wants('throughput')) await throughput(task, Number(values.rounds));
    if (wants('memory')) await memoryAndScale(task);
  }
  if (wants('latency')) await latency(await stage.fill(receiver.url, 0), Number(values.seconds));
}

/** Splunk's own client, for the comparison only: nothing of the product knows it. */
function installSplunkLogging(): { directory: string; file: string } {
  const directory = mkdtempSync(path.join(tmpdir(), 'tracekeep-splunk-logging-'));
  const file = path.join(directory, 'package.json');
  writeFileSync(file, '{"private":true}');
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  execFileSync('npm', ['install', ...flags, 'splunk-logging@0.11.1'], { cwd: directory, stdio: 'inherit' });
  return { directory, file };
}
