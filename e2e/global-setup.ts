import { shareStack, startStack } from '@/e2e/stack';

/** One stack for the whole run. Playwright calls what this returns when the last test is done. */
// biome-ignore lint/style/noDefaultExport: Playwright takes the default export.
export default async function setUp(): Promise<() => Promise<void>> {
  const stack = await startStack({ TRUSTED_PROXIES: '127.0.0.1,::1' });
  shareStack(stack);
  return stack.stop;
}
