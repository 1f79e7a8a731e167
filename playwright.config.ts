import { defineConfig } from '@playwright/test';
import { launchOptions } from './e2e/browser';

/** Browser tests against the production build, started by e2e/global-setup.ts with its own database and Splunk. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './e2e/global-setup.ts',
  outputDir: 'test-results',
  reporter: 'list',
  workers: 2,
  // What is waited for may take long on a busy machine; only a failure waits this long.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  // A test that passes at the second try protects nothing.
  retries: 0,
  forbidOnly: true,
  use: {
    launchOptions: launchOptions(),
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    // Every page as it was at every step, but no film of it: that one took a quarter of the processor time of all tests.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    locale: 'en-US',
    timezoneId: 'UTC',
  },
});
