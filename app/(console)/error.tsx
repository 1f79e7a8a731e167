'use client';

import { ErrorReport } from '@/components/layout/error-report';
import { PageHeader } from '@/components/ui/page-header';

export default function ConsoleError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <>
      <PageHeader title="This page could not be shown" />
      <ErrorReport {...props} />
    </>
  );
}
