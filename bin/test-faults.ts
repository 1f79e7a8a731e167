import { parseArgs } from 'node:util';
import { buildApplication, generateClient } from '@/bin/build';
import { Problem } from '@/bin/problem';
import { runProgram } from '@/bin/program';
import { loadSettings } from '@/bin/settings';
import { runTool } from '@/bin/subprocess';

// The program behind `npm run test:faults`: the whole fault suite against the built application (docs/reliability.md).

const usage = `npm run test:faults -- [--short] [--seed N] [--only "part of a name"]
  --short  the form that npm test runs
  --seed   what chance is drawn from, as a failing run printed it
  --only   the scenarios whose name has this part`;

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    seed: { type: 'string' },
    only: { type: 'string' },
    help: { type: 'boolean', default: false, short: 'h' },
  },
});

await runProgram(async (program) => {
  if (values.help) return console.log(usage);
  if (values.seed !== undefined && !/^\d+$/.test(values.seed)) {
    throw new Problem('--seed must be a whole number.');
  }
  loadSettings({ dotEnv: false });
  await generateClient(program);
  await buildApplication(program);
  const { code } = await runTool(
    'vitest',
    ['run', '--config', 'faults/vitest.config.ts', ...(values.only ? ['-t', values.only] : [])],
    {
      signal: program.signal,
      env: {
        NODE_ENV: 'test',
        CI: '1',
        FAULTS_FORM: values.short ? 'short' : 'full',
        FAULTS_SEED: values.seed,
      },
      onOutput: (text) => void process.stdout.write(text),
    },
  );
  process.exitCode = code === 0 ? 0 : 1;
});
