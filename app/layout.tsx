import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { theme } from '@/lib/auth/preferences';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Tracekeep', template: '%s · Tracekeep' },
  description: 'A sealed audit log that reaches Splunk.',
  icons: { icon: '/favicon.svg' },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" data-theme={await theme()}>
      <body>{children}</body>
    </html>
  );
}
