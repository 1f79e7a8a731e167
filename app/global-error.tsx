'use client';

import { AuthShell } from '@/components/layout/auth-shell';
import { ErrorReport } from '@/components/layout/error-report';
import './globals.css';

/** Stands in for the root layout when that itself fails. */
export default function GlobalError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en" data-theme="system">
      <body>
        <title>This page could not be shown · Tracekeep</title>
        <AuthShell title="This page could not be shown">
          <ErrorReport {...props} />
        </AuthShell>
      </body>
    </html>
  );
}
