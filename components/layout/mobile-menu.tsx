'use client';

import { Menu, X } from 'lucide-react';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

/** The navigation on a narrow screen: a disclosure that needs no JavaScript, and with it closes when the page changes. */
export function MobileMenu({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  return (
    <details key={pathname} className="group md:hidden">
      <summary className="grid h-13 list-none grid-cols-[1rem_auto] items-center gap-2 px-4 font-medium [&::-webkit-details-marker]:hidden">
        <Menu className="group-open:hidden" />
        <X className="hidden group-open:block" />
        Menu
      </summary>
      <div className="border-t border-line">{children}</div>
    </details>
  );
}
