import { parseArgs } from 'node:util';
import { buildApplication, generateClient } from '@/bin/build';
import { Problem } from '@/bin/problem';
import { runProgram } from '@/bin/program';
import { runFaults } from '@/bin/run-faults';
import { loadSettings } from '@/bin/settings';

// The program behind `npm run test:faults` (docs/reliability.md).

const usage = `npm run test:faults -- [--short] [--seed N] [--only "part of a name"]
  --short  the form that npm test runs
  --seed   what chance is drawn from, as a failing run printed it
  --only   the scenarios whose name has this part`;

await runProgram(async (program) => {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      seed: { type: 'string' },
      only: { type: 'string' },
      help: { type: 'boolean', default: false, short: 'h' },
    },
  });
  const { short, seed, only, help } = values;
  if (help) return console.log(usage);
  if (seed !== undefined && !/^\d+$/.test(seed)) throw new Problem('--seed must be a whole number.');
  loadSettings({ dotEnv: false });
  await generateClient(program);
  await buildApplication(program);
  const code = await runFaults(program, { form: short ? 'short' : 'full', seed, only });
  process.exitCode = code === 0 ? 0 : 1;
});
