'use client';

import { useEffect } from 'react';

/** Outlives the component: where an address is put right on the way, all of the page is made anew. */
const before = { page: '', place: '' };

const [firstRow, query, events] = ['#events tbody a', 'main input[name=q]', '#events'];

function placeOf(element: Element): string {
  if (element.closest('#events tbody')) return firstRow;
  return element.matches(query) ? query : events;
}

/**
 * Keeps the keyboard's place when a page of the log takes another's: among the rows for whoever turned the page there or by
 * its links, in the query field for whoever searched. `page` tells one page from another; an event that opens is none.
 */
export function PageChange({ page }: { page: string }) {
  useEffect(() => {
    const follow = ({ target }: FocusEvent) => {
      if (target instanceof Element) before.place = placeOf(target);
    };
    document.addEventListener('focusin', follow);
    return () => document.removeEventListener('focusin', follow);
  }, []);

  useEffect(() => {
    const changed = before.page !== '' && before.page !== page;
    before.page = page;
    const { activeElement } = document;
    if (!changed || (activeElement !== document.body && !activeElement?.closest('#events nav'))) return;
    const found = document.querySelector<HTMLElement>(before.place || events);
    (found ?? document.getElementById('events'))?.focus({ preventScroll: true });
  }, [page]);
  return null;
}
