'use client';

import { useEffect } from 'react';

/** By how many rows a key moves the focus; Home and End by more than there are. */
const steps: Record<string, number> = {
  ArrowDown: 1,
  j: 1,
  ArrowUp: -1,
  k: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};
const pages: Record<string, string> = { '[': 'a[rel=prev]', ']': 'a[rel=next]' };

/**
 * The keys of the log. While the focus is in its table: arrows, j and k from row to row, [ and ] to the newer and the older
 * page. Elsewhere only `/`, to the query field, unless the reader switched that off (WCAG 2.1.4). Without JavaScript the
 * rows and the pages are links like any other.
 */
export function LogKeys({ slash }: { slash: boolean }) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isForAnother(event)) return;
      const target = event.target instanceof Element ? event.target : undefined;
      const table = target?.closest('main table');
      const wanted = table ? within(table, target, event.key) : undefined;
      const found = wanted ?? (slash && event.key === '/' ? query() : undefined);
      if (!found) return;
      event.preventDefault();
      if (event.key in pages) found.click();
      else found.focus();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [slash]);
  return null;
}

function within(table: Element, target: Element | undefined, key: string): HTMLElement | null | undefined {
  const page = pages[key];
  if (page !== undefined) return document.querySelector<HTMLElement>(`main nav ${page}`);
  const step = steps[key];
  if (step === undefined) return undefined;
  const links = [...table.querySelectorAll<HTMLElement>('tbody tr a')];
  const at = links.findIndex((link) => link.closest('tr')?.contains(target ?? null));
  return links[Math.min(Math.max(at + step, 0), links.length - 1)];
}

const query = () => document.querySelector<HTMLElement>('main input[name=q]');

/** Whether a key means something else: with a modifier, in a field, or while something lies over the page. */
function isForAnother({ defaultPrevented, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
  if (defaultPrevented || ctrlKey || metaKey || altKey) return true;
  if (target instanceof Element && target.closest('input, select, textarea')) return true;
  return document.querySelector(':popover-open, dialog[open]') !== null;
}
