import { withDatabase } from '@/e2e/database';
import { test as base } from '@/e2e/fixtures';
import { type Stack, startStack } from '@/e2e/stack';

/** Each test has an installation of its own that nobody has set up yet, and whose database it may break. */
export const test = base.extend<{ installation: Stack }>({
  installation: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from here
    async ({}, use) => {
      const stack = await startStack({ TRUSTED_PROXIES: '127.0.0.1,::1' });
      await use(stack);
      await stack.stop();
    },
    { timeout: 240_000 },
  ],
  baseURL: ({ installation }, use) => use(installation.url),
  query: ({ installation }, use) => withDatabase(installation.databaseUrl, use),
});
