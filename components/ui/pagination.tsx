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
  children,
}: PaginationProps) {
  return (
    <nav aria-label={label} className="flex flex-wrap items-center gap-2 px-3.5 py-2.5">
      {newestHref && (
        <Button size="sm" href={newestHref}>
          Newest
        </Button>
      )}
      {newerHref && (
        <Button size="sm" href={newerHref} rel="prev" icon={<ChevronLeft />}>
          {newerLabel}
        </Button>
      )}
      <span className="ml-auto text-muted">{children}</span>
      {olderHref && (
        <Button size="sm" href={olderHref} rel="next">
          {olderLabel}
          <ChevronRight />
        </Button>
      )}
    </nav>
  );
}
