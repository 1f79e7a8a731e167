import type { Program } from '@/bin/program';
import { runTool } from '@/bin/subprocess';

type Options = {
  /** The few runs of `npm test`, or all. */
  readonly form: 'short' | 'full';
  /** What chance is drawn from; fresh when absent. */
  readonly seed?: string | undefined;
  /** Part of the names of the scenarios to run; all of them when absent. */
  readonly only?: string | undefined;
  /** A file for vitest's report in JSON. */
  readonly report?: string;
};

/** Runs the fault suite on the built application, shows what it prints, and returns its exit code. */
export async function runFaults(
  { signal }: Program,
  { form, seed, only, report }: Options,
): Promise<number | null> {
  const args = ['run', '--config', 'faults/vitest.config.ts', '--reporter=default'];
  if (only !== undefined) args.push('-t', only.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (report !== undefined) args.push('--reporter=json', `--outputFile.json=${report}`);
  const { code } = await runTool('vitest', args, {
    signal,
    env: { NODE_ENV: 'test', CI: '1', FAULTS_FORM: form, FAULTS_SEED: seed },
    onOutput: (text) => void process.stdout.write(text),
  });
  return code;
}
