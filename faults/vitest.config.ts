import path from 'node:path';
import { defineConfig, mergeConfig } from 'vitest/config';
import usual from '../vitest.config';

const root = path.resolve(import.meta.dirname, '..');

/** The fault suite: real servers are killed here, so it is kept away from the other tests. */
export default mergeConfig(
  defineConfig({ resolve: usual.resolve ?? {} }),
  defineConfig({
    root,
    test: {
      include: ['faults/**/*.fault.ts'],
      globalSetup: 'faults/rig/global-setup.ts',
      setupFiles: 'faults/rig/setup.ts',
      pool: 'forks',
      // They wait for leases and deadlines far more than they compute.
      maxWorkers: 3,
      // Each has an organization and a Splunk of its own; more at the same time would only wait for the processor.
      maxConcurrency: 16,
      hookTimeout: 300_000,
      testTimeout: process.env.FAULTS_FORM === 'full' ? 3 * 3_600_000 : 600_000,
    },
  }),
);
