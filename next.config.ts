import type { NextConfig } from 'next';
import { commonHeaders, inertPolicy } from './lib/auth/security-headers';

const asList = (headers: Record<string, string>) =>
  Object.entries(headers).map(([key, value]) => ({ key, value }));

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The optimizer decodes attacker-supplied images in native code; this product shows none (security.md §0.6).
  images: { unoptimized: true },
  serverExternalPackages: [
    'pg',
    'pg-boss',
    'undici',
    'pino',
    '@node-rs/argon2',
    'nodemailer',
    '@prisma/client',
    '@prisma/adapter-pg',
  ],
  // `npm run types` checks types with TypeScript 7; the build must not do it a second time.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    serverActions: { bodySizeLimit: '1mb' },
    // forbidden() and app/(console)/forbidden.tsx: a page without permission answers 403, not 200.
    authInterrupts: true,
  },
  // Pages get the rest of their headers from proxy.ts, which knows the request.
  headers: async () => [
    { source: '/:path*', headers: asList(commonHeaders) },
    { source: '/api/:path*', headers: asList({ 'content-security-policy': inertPolicy }) },
    {
      // This list is fixed at build time, when PUBLIC_URL may be another: the reverse proxy says what it speaks.
      source: '/:path*',
      has: [{ type: 'header', key: 'x-forwarded-proto', value: 'https' }],
      headers: asList({ 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
    },
  ],
};

export default config;
