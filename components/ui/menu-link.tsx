import { Check } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

type MenuLinkProps = {
  href: string;
  icon?: ReactNode;
  /** One of several that exclude each other, and the one that holds. */
  chosen?: boolean;
  children: ReactNode;
};

/** A page that a menu leads to. */
export function MenuLink({ href, icon, chosen = false, children }: MenuLinkProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={chosen || undefined}
      className="flex min-h-8 items-center gap-2.5 rounded-lg px-2 py-1 hover:bg-sunken [&>.lucide]:text-muted"
    >
      {icon}
      {children}
      {chosen && <Check className="ml-auto text-accent!" />}
    </Link>
  );
}
