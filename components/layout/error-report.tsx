'use client';

import { RotateCw } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Code } from '@/components/ui/code';

type ErrorReportProps = { error: { digest?: string | undefined }; reset: () => void };

/** What to do about a fault of ours. The digest leads to the line in the server's log; the message stays there. */
export function ErrorReport({ error, reset }: ErrorReportProps) {
  return (
    <div role="alert" className="flex max-w-[60ch] flex-col items-start gap-4">
      <p>
        The server met a fault while preparing it. Try again; if it stays like this, give your administrator{' '}
        {error.digest ? (
          <>
            the number <Code>{error.digest}</Code>
          </>
        ) : (
          'the time of day'
        )}
        , which stands in the server’s log.
      </p>
      <div className="flex flex-wrap gap-2.5">
        <Button variant="primary" icon={<RotateCw />} onClick={reset}>
          Try again
        </Button>
        <Button href="/">Go to the overview</Button>
      </div>
    </div>
  );
}
