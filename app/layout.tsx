import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { errorPrefix } from '@/components/ui/error-prefix';
import { theme } from '@/lib/auth/preferences';
import { isRefused } from '@/lib/http-status';
import './globals.css';

/** A page that answers a refused form says so first, before anything else of it is read (ux.md §2.0). */
export function generateMetadata(): Metadata {
  return {
    title: { default: 'Tracekeep', template: `${isRefused() ? errorPrefix : ''}%s · Tracekeep` },
    description: 'A sealed audit log that reaches Splunk.',
    robots: { index: false, follow: false },
  };
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" data-theme={await theme()}>
      <head>
        {/* Among the metadata it would go away during a navigation, and the browser would ask for /favicon.ico. */}
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      </head>
      <body>{children}</body>
    </html>
  );
}
