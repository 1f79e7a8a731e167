'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { isCurrentPage } from '@/components/layout/current-page';

/** A row of the sidebar. It asks for the path itself, because a layout is not rendered again when the page changes. */
export function NavigationLink({ href, children }: { href: string; children: ReactNode }) {
  const current = isCurrentPage(href, usePathname());
  return (
    <Link
      href={href}
      aria-current={current ? 'page' : undefined}
      className={[
        'flex min-h-8 items-center gap-2.5 rounded-lg border border-transparent px-2 text-muted transition-colors',
        'hover:text-ink aria-[current=page]:border-line aria-[current=page]:bg-surface aria-[current=page]:font-medium',
        'aria-[current=page]:text-ink aria-[current=page]:shadow-rest aria-[current=page]:[&>.lucide]:text-accent',
      ].join(' ')}
    >
      {children}
    </Link>
  );
}
