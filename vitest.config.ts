import path from 'node:path';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: `${root}/` },
      // Next refuses `server-only` modules in the browser's bundle; outside of a bundler the package only throws.
      { find: 'server-only', replacement: path.join(root, 'test/server-only.ts') },
    ],
  },
  test: {
    include: ['**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '.next*/**', '.data/**', 'e2e/**'],
    globalSetup: 'test/global-setup.ts',
    setupFiles: 'test/setup.ts',
    pool: 'forks',
    maxWorkers: 2,
    hookTimeout: 60_000,
    testTimeout: 60_000,
    // What is waited for may take long on a busy machine; only a failure waits this long.
    expect: { poll: { timeout: 15_000 } },
  },
});
