import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';

type PaginationProps = {
  /** Names the list: "Audit log pages". */
  label: string;
  /** Undefined where there is none: the link is absent, not dead. */
  newestHref?: string | undefined;
  newerHref?: string | undefined;
  olderHref?: string | undefined;
  /** For lists that are not ordered by time. */
  newerLabel?: string;
  olderLabel?: string;
  /** False on a page that is fetched anew again and again: its links would be, too. */
  prefetch?: false;
  /** Between the links: "50 per page". */
  children?: ReactNode;
};

/** Links of a keyset page: it knows its neighbours, not its number. */
export function Pagination({
  label,
  newestHref,
  newerHref,
  olderHref,
  newerLabel = 'Newer',
  olderLabel = 'Older',
  prefetch,
  children,
}: PaginationProps) {
  const unfetched = prefetch === false ? { prefetch } : {};
  return (
    <nav aria-label={label} className="flex flex-wrap items-center gap-2 px-3.5 py-2.5">
      {newestHref && (
        <Button size="sm" href={newestHref} {...unfetched}>
          Newest
        </Button>
      )}
      {newerHref && (
        <Button size="sm" href={newerHref} rel="prev" {...unfetched} icon={<ChevronLeft />}>
          {newerLabel}
        </Button>
      )}
      <span className="ml-auto text-muted">{children}</span>
      {olderHref && (
        <Button size="sm" href={olderHref} rel="next" {...unfetched}>
          {olderLabel}
          <ChevronRight />
        </Button>
      )}
    </nav>
  );
}
