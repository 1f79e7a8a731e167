import type { TestProject } from 'vitest/node';
import { startTestCluster } from '@/test/cluster';

/** One PostgreSQL for the whole run, with a migrated template that every test file clones (test/database.ts). */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { superuserUrl, stop } = await startTestCluster();
  project.provide('superuserUrl', superuserUrl);
  return stop;
}

declare module 'vitest' {
  interface ProvidedContext {
    superuserUrl: string;
  }
}
