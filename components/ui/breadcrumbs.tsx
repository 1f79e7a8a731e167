import Link from 'next/link';

/** `href` is missing where a level is only a heading, as "Settings" is. */
export type Crumb = { label: string; href?: string | undefined };

/** Where this page stands; the last crumb is the page itself. */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex flex-wrap items-center gap-x-2 text-muted">
        {crumbs.map(({ label, href }, index) => {
          const last = index === crumbs.length - 1;
          return (
            <li key={label} className="flex min-w-0 items-center gap-2">
              {index > 0 && <span aria-hidden="true">/</span>}
              {last && (
                <span aria-current="page" className="truncate font-medium text-ink">
                  {label}
                </span>
              )}
              {!last && (href ? <CrumbLink href={href} label={label} /> : <span>{label}</span>)}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function CrumbLink({ href, label }: { href: string; label: string }) {
  return (
    <Link href={href} className="rounded-sm py-0.5 underline-offset-4 hover:text-ink hover:underline">
      {label}
    </Link>
  );
}
