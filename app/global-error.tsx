'use client';

import './globals.css';

/** Stands in for the root layout when that itself fails. Plain elements only: every page carries this code. */
export default function GlobalError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <html lang="en" data-theme="system">
      <body>
        <title>This page could not be shown · Tracekeep</title>
        <main className="mx-auto flex min-h-dvh max-w-110 flex-col items-start justify-center gap-4 px-4 py-10">
          <h1 className="text-2xl font-bold">This page could not be shown</h1>
          <p>
            The server met a fault while preparing it. If it stays like this, give your administrator{' '}
            {error.digest ? `the number ${error.digest}` : 'the time of day'}, which stands in the server’s
            log.
          </p>
          <button type="button" onClick={reset} className="font-medium text-accent underline">
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
