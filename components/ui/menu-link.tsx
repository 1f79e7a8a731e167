import Link from 'next/link';
import type { ReactNode } from 'react';

/** A page that a menu leads to. */
export function MenuLink({ href, icon, children }: { href: string; icon: ReactNode; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="flex min-h-8 items-center gap-2.5 rounded-lg px-2 py-1 hover:bg-sunken [&>.lucide]:text-muted"
    >
      {icon}
      {children}
    </Link>
  );
}
