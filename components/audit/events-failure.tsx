import { CircleAlert } from 'lucide-react';
import { logHref } from '@/components/audit/log-href';
import { Button } from '@/components/ui/button';
import { Code } from '@/components/ui/code';
import { EmptyState } from '@/components/ui/empty-state';
import { type AuditFilter, type AuditSearch, isUnfiltered } from '@/lib/audit/filter/audit-filter';

/** Why no events are there to be shown: the search did not end in time, or whatever else the server's log says by this number. */
export type EventsFault =
  | { readonly kind: 'too_slow' }
  | { readonly kind: 'unreadable'; readonly number: string };

/** In place of the table. It is never an empty one: nobody may take what failed for nothing having happened. */
export function EventsFailure({ fault, search }: { fault: EventsFault; search: AuditSearch }) {
  const { filter, size } = search;
  const narrow = narrowed(filter);
  return (
    <div role="alert">
      <EmptyState
        icon={<CircleAlert className="text-bad" />}
        title="Events could not be loaded"
        action={
          <div className="flex flex-wrap justify-center gap-2.5">
            <Button variant="primary" href={logHref(search)} prefetch={false}>
              Try again
            </Button>
            {fault.kind === 'too_slow' && narrow && (
              <Button href={logHref({ filter: narrow, size })} prefetch={false}>
                Search last 24 hours instead
              </Button>
            )}
          </div>
        }
      >
        {fault.kind === 'unreadable' ? (
          <p>
            Your filters are kept. If it stays like this, give your administrator the number{' '}
            <Code>{fault.number}</Code>, which stands in the server’s log.
          </p>
        ) : isUnfiltered(filter) ? (
          <p>The database did not answer in time. It may be busy: wait a moment.</p>
        ) : (
          <p>
            These filters took too long to search. They are kept: narrow the time range, or take one of them
            away.
          </p>
        )}
      </EmptyState>
    </div>
  );
}

/** The same filter for the last 24 hours; undefined where that is what was asked, or there is nothing to narrow. */
function narrowed(filter: AuditFilter): AuditFilter | undefined {
  const narrow = { ...filter, created: { not: false, range: { last: '24h' as const } } };
  return isUnfiltered(filter) || logHref({ filter }) === logHref({ filter: narrow }) ? undefined : narrow;
}
