import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { root } from '@/bin/settings';

/** Runs a main function, given as source, in a process of its own. `begun` resolves when it has printed something. */
function startProgram(main: string, env: Record<string, string> = {}) {
  const source = `
    import { runProgram } from '@/bin/program';
    import { Problem } from '@/bin/problem';
    await runProgram(async (program) => { ${main} });`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', source], {
    cwd: root,
    env: { ...process.env, npm_lifecycle_event: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output.text += chunk));
  return { child, output, begun: once(child.stdout, 'data') };
}

async function exitOf(child: ChildProcess): Promise<unknown> {
  return (await once(child, 'close'))[0];
}

const server = `
  program.atExit(async () => console.log('database ended'));
  program.atExit(async () => { await new Promise((resolve) => setTimeout(resolve, 200)); console.log('server ended'); });
  console.log('serving');
  await program.untilStopped();`;

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends the last started first, and exits 0', async (signal) => {
  const { child, output, begun } = startProgram(server);
  await begun;
  child.kill(signal);
  expect(await exitOf(child)).toBe(0);
  expect(output.text).toBe('serving\nserver ended\ndatabase ended\n');
});

test('a signal that arrives twice, as from a terminal and from npm, does not cut the ending short', async () => {
  const { child, output, begun } = startProgram(server);
  await begun;
  child.kill('SIGINT');
  const again = setInterval(() => child.kill('SIGINT'), 20);
  expect(await exitOf(child)).toBe(0);
  clearInterval(again);
  expect(output.text).toBe('serving\nserver ended\ndatabase ended\n');
});

test('a signal in the middle of a start undoes what was done so far', async () => {
  const { child, output, begun } = startProgram(`
    program.atExit(async () => console.log('database ended'));
    console.log('building');
    while (true) {
      program.signal.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }`);
  await begun;
  child.kill('SIGTERM');
  expect(await exitOf(child)).toBe(0);
  expect(output.text).toBe('building\ndatabase ended\n');
});

test('a problem is its own words without a stack, and exit code 1, after everything has ended', async () => {
  const { child, output } = startProgram(`
    program.atExit(async () => console.log('database ended'));
    throw new Problem('Port 3000 is taken.');`);
  expect(await exitOf(child)).toBe(1);
  expect(output.text.split('\n').sort()).toEqual(['', 'Port 3000 is taken.', 'database ended']);
});

test('losing the shell that npm started it through ends the program', async () => {
  const script = `${JSON.stringify(process.execPath)} --import tsx --input-type=module --eval "$0" & echo $!; wait`;
  const source = `
    import { runProgram } from '@/bin/program';
    await runProgram(async (program) => {
      program.atExit(async () => console.log('database ended'));
      console.log('serving');
      await program.untilStopped();
    });`;
  const shell = spawn('/bin/sh', ['-c', script, source], {
    cwd: root,
    env: { ...process.env, npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const finished = (async () => {
    for await (const chunk of shell.stdout) {
      output += chunk;
      if (output.includes('serving') && shell.exitCode === null) shell.kill('SIGKILL');
    }
  })();
  // The pipe closes when the program, which holds its other end, is gone too.
  await finished;
  expect(output.split('\n').slice(1)).toEqual(['serving', 'database ended', '']);
});
