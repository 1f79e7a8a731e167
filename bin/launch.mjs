import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { register } from 'node:module';
import path from 'node:path';

// What every command does first. Runs on a fresh clone, where there is nothing but Node: built-in modules only.

const root = path.resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');

/**
 * Checks Node, installs the packages when they are missing or package-lock.json has changed, and runs
 * `bin/<program>.ts` in this very process, so that signals need no passing on.
 * @param {string} program
 */
export async function launch(program) {
  requireNode();
  process.chdir(root);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    // Until the program listens for itself, nothing is running that needs an ending.
    process.on(signal, () => process.listenerCount(signal) === 1 && process.exit(0));
  }
  if (!isInstalled()) await install();
  const tsx = await import('tsx/esm/api');
  tsx.register();
  register('./server-only.mjs', import.meta.url);
  await import(`./${program}.ts`);
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `Tracekeep needs Node 20.19 or newer, and this is ${process.versions.node}: https://nodejs.org`,
  );
  process.exit(1);
}

/**
 * Whether node_modules is what package-lock.json says, by the copy of it that npm leaves there when an installation is
 * complete. Packages for other machines are absent, rightly.
 */
export function isInstalled(directory = root) {
  const installedFile = path.join(directory, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const installed = readPackages(installedFile);
  const wanted = Object.entries(readPackages(path.join(directory, 'package-lock.json')));
  return wanted.every(([name, { version, integrity, optional }]) => {
    const found = installed[name];
    return name === '' || (found ? found.version === version && found.integrity === integrity : optional);
  });
}

/** @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>} */
function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

async function install() {
  console.log('Installing packages (about a minute) …');
  const begin = performance.now();
  // Takes the versions of the lock file and leaves the file alone, as `npm ci` does; but that one also refuses a lock
  // file that lacks the packages of other platforms, which is what one written behind a registry mirror is like.
  // Nothing needs an install script, and the tools of `npm test` are wanted whatever NODE_ENV says.
  const flags = [
    'install',
    '--no-save',
    '--ignore-scripts',
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm, ...flags]] : ['npm', flags];
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
  const quit = () => child.kill('SIGTERM');
  process.on('exit', quit);
  const code = await new Promise((resolve) => {
    child.on('error', () => resolve(1)).on('exit', resolve);
  });
  process.off('exit', quit);
  if (code !== 0) {
    console.error('The packages could not be installed; npm says why above. Then run the command again.');
    process.exit(1);
  }
  console.log(`Installed in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
}
