'use client';

import { AuthShell } from '@/components/layout/auth-shell';
import { ErrorReport } from '@/components/layout/error-report';

export default function ErrorPage(props: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <AuthShell title="This page could not be shown">
      <ErrorReport {...props} />
    </AuthShell>
  );
}
