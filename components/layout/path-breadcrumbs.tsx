'use client';

import { usePathname } from 'next/navigation';
import { trailOf } from '@/components/layout/trail';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';

/** The trail of the present path. It lives in the layout, which is not rendered again when the page changes. */
export function PathBreadcrumbs() {
  const trail = trailOf(usePathname() ?? '');
  return trail.length > 0 ? <Breadcrumbs crumbs={trail} /> : null;
}
