import { existsSync } from 'node:fs';
import { Problem } from '@/bin/problem';
import { type Program, stage } from '@/bin/program';
import { run, runTool } from '@/bin/subprocess';
import { findBrowser } from '@/e2e/browser';

/** Makes sure that there is a Chromium to test with, installing one where none is found. Throws {@link Problem}. */
export async function ensureBrowser(program: Program): Promise<void> {
  if (findBrowser()) return;
  const { signal } = program;
  const attempts = [
    () => runTool('playwright', ['install', '--with-deps', 'chromium'], { signal }),
    () => run('apt-get', ['update'], { signal }),
    ...['chromium-headless-shell', 'chromium'].map(
      (name) => () => run('apt-get', ['install', '-y', '--no-install-recommends', name], { signal }),
    ),
  ];
  await stage(program, 'Installing Chromium', async () => {
    for (const attempt of isRootOnDebian() ? attempts : attempts.slice(0, 1)) {
      await attempt();
      if (findBrowser()) return;
    }
    throw new Problem(
      'There is no Chromium for the browser tests. Install one (apt-get install chromium, or ' +
        'npx playwright install --with-deps chromium), or set CHROMIUM_PATH to one.',
    );
  });
}

function isRootOnDebian(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}
