import Link from 'next/link';
import type { ReactNode } from 'react';

/** The link of a table's row. It covers the row: a click anywhere opens it, and the keyboard meets one stop. */
export function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="font-medium after:absolute after:inset-0 after:content-['']"
    >
      {children}
    </Link>
  );
}
