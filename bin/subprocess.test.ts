import { expect, test } from 'vitest';
import { isRunning } from '@/bin/postgres/postmaster';
import { run } from '@/bin/subprocess';

test('a program gives its exit code and everything it printed', async () => {
  const { signal } = new AbortController();
  expect(await run('sh', ['-c', 'echo out; echo err >&2; exit 3'], { signal })).toEqual({
    code: 3,
    output: expect.stringMatching(/^(out\nerr\n|err\nout\n)$/),
  });
});

test('stopping ends the program and what it started, before the caller goes on', async () => {
  const stopping = new AbortController();
  let output = '';
  const idle = 'setInterval(() => {}, 1000)';
  const parent = `${idle}; const { spawn } = require('node:child_process');
    console.log(process.pid, spawn(process.execPath, ['--eval', '${idle}']).pid);`;
  const running = run(process.execPath, ['--eval', parent], {
    signal: stopping.signal,
    onOutput: (text) => {
      output += text;
      stopping.abort();
    },
  });
  await expect(running).rejects.toThrow();
  const pids = output.trim().split(' ').map(Number);
  expect(pids).toHaveLength(2);
  for (const pid of pids) await expect.poll(() => isRunning(pid)).toBe(false);
});

test('nothing is started once a signal has come', async () => {
  await expect(run('sh', ['-c', 'exit 0'], { signal: AbortSignal.abort() })).rejects.toThrow();
});
