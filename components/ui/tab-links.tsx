import Link from 'next/link';

export type TabLink = { href: string; label: string; count?: number | undefined; current: boolean };

type TabLinksProps = {
  label: string;
  tabs: readonly TabLink[];
  /** Where a line stands beneath already. */
  bare?: boolean;
  /** False on a page that is fetched anew again and again: its links would be, too. */
  prefetch?: false;
};

/** Views of one page, each with an address of its own. */
export function TabLinks({ label, tabs, bare = false, prefetch }: TabLinksProps) {
  return (
    <nav aria-label={label} className={bare ? '' : 'border-b border-line'}>
      <ul className="-mb-px flex flex-wrap gap-x-5">
        {tabs.map(({ href, label, count, current }) => (
          <li key={href}>
            <Link
              href={href}
              {...(prefetch === false && { prefetch })}
              aria-current={current ? 'page' : undefined}
              className="inline-flex min-h-9 items-center gap-1.5 border-b-2 border-transparent font-medium text-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
            >
              {label}
              {count !== undefined && count > 0 && (
                <span className="text-xs font-normal text-muted tabular-nums">
                  {count.toLocaleString('en')}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
