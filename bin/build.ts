import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Problem } from '@/bin/problem';
import { type Program, stage } from '@/bin/program';
import { root } from '@/bin/settings';
import { sourceHash } from '@/bin/source-hash';
import { runTool } from '@/bin/subprocess';

const clientDirectory = path.join(root, 'lib/db/generated');
const buildDirectory = path.join(root, '.next');

/** Generates the Prisma client unless it is that of the present schema. */
export async function generateClient(program: Program): Promise<void> {
  const inputs = await Promise.all(
    ['prisma/schema.prisma', 'node_modules/prisma/package.json'].map((file) =>
      readFile(path.join(root, file)),
    ),
  );
  const digest = inputs.reduce((hash, input) => hash.update(input), createHash('sha256')).digest('hex');
  const stampFile = path.join(clientDirectory, 'generated-from');
  if ((await readStamp(stampFile)) === digest) return;
  await stage(program, 'Generating the database client', async () => {
    await rm(stampFile, { force: true });
    await runOrFail(
      program,
      'prisma',
      ['generate', '--no-hints'],
      'The database client could not be generated',
    );
    await writeFile(stampFile, digest);
  });
}

/** Builds the application unless the last build, in `.next`, was made from the present sources. */
export async function buildApplication(program: Program): Promise<void> {
  const digest = await sourceHash(root);
  const stampFile = path.join(buildDirectory, 'built-from');
  if ((await readStamp(stampFile)) === digest) return;
  await stage(program, 'Building the application (about half a minute)', async () => {
    await rm(stampFile, { force: true });
    await runOrFail(program, 'next', ['build'], 'The application could not be built');
    await writeFile(stampFile, digest);
  });
}

async function runOrFail(program: Program, tool: string, args: string[], failure: string): Promise<void> {
  // A developer's NODE_ENV would make a build that does not run.
  const { code, output } = await runTool(tool, args, {
    signal: program.signal,
    env: { NODE_ENV: 'production' },
  });
  if (code !== 0) throw new Problem(`${failure}:\n${output.trim()}`);
}

function readStamp(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
