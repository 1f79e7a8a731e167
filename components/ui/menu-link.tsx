import { Check } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

type MenuLinkProps = {
  href: string;
  icon: ReactNode;
  /** Whether its page is the one that is shown. */
  current?: boolean;
  children: ReactNode;
};

/** A page that a menu leads to. */
export function MenuLink({ href, icon, current = false, children }: MenuLinkProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={current ? 'page' : undefined}
      className="flex min-h-8 items-center gap-2.5 rounded-lg px-2 py-1 hover:bg-sunken [&>.lucide]:text-muted"
    >
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
      {current && <Check className="text-accent!" />}
    </Link>
  );
}
