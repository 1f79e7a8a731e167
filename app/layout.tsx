import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { theme } from '@/lib/auth/preferences';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Tracekeep', template: '%s · Tracekeep' },
  description: 'A sealed audit log that reaches Splunk.',
  robots: { index: false, follow: false },
};

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
