import { shareOpenIdProvider, startOpenIdProvider } from '@/e2e/openid-provider';
import { shareStack, startStack } from '@/e2e/stack';

/** One stack for the whole run. Playwright calls what this returns when the last test is done. */
// biome-ignore lint/style/noDefaultExport: Playwright takes the default export.
export default async function setUp(): Promise<() => Promise<void>> {
  const openId = await startOpenIdProvider();
  const stack = await startStack({
    TRUSTED_PROXIES: '127.0.0.1,::1',
    GOOGLE_CLIENT_ID: openId.clientId,
    GOOGLE_CLIENT_SECRET: openId.clientSecret,
    GOOGLE_ISSUER: openId.issuer,
  });
  shareStack(stack);
  shareOpenIdProvider(openId);
  return async () => {
    await stack.stop();
    await openId.close();
  };
}
