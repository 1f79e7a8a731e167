import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { type Line, table } from '@/faults/rig/report';
import { freshSeed } from '@/splunk/draw';

/** Gives the run its seed and its form, and prints the table of what was found at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(path.join(tmpdir(), 'tracekeep-faults-report-'));
  const reportFile = path.join(directory, 'lines.ndjson');
  const seed = Number(process.env.FAULTS_SEED || freshSeed());
  project.provide('seed', seed);
  project.provide('reportFile', reportFile);
  project.provide('full', process.env.FAULTS_FORM === 'full');
  console.log(`The seed of this run is ${seed}.`);
  return async () => {
    const text = await readFile(reportFile, 'utf8').catch(() => '');
    const lines: Line[] = text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    console.log(`\n${table(lines)}\n\nThe seed was ${seed}.`);
    await rm(directory, { recursive: true, force: true });
  };
}

declare module 'vitest' {
  interface ProvidedContext {
    seed: number;
    reportFile: string;
    /** All the runs, rather than the few of `npm test`. */
    full: boolean;
  }
}
