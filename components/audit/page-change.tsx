'use client';

import { useEffect, useRef, useState } from 'react';

const firstRow = () => document.querySelector<HTMLElement>('#events tbody a');
const events = () => document.getElementById('events');

type PageChangeProps = {
  /** Tells one page of the log from another. */
  page: string;
  /** What is told of it: "Newest first, 50 of 1,284". */
  line: string;
};

/**
 * What the load of a page does for those who do not see it, and a page of rows that replaces another has to do itself: it
 * tells how many there are, and keeps the focus among them when what had it is gone or led to them.
 */
export function PageChange({ page, line }: PageChangeProps) {
  const [told, setTold] = useState('');
  const shown = useRef(page);
  const inRows = useRef(false);

  useEffect(() => {
    const follow = ({ target }: FocusEvent) => {
      inRows.current = target instanceof Element && target.closest('#events tbody') !== null;
    };
    document.addEventListener('focusin', follow);
    return () => document.removeEventListener('focusin', follow);
  }, []);

  useEffect(() => {
    if (shown.current === page) return;
    shown.current = page;
    setTold(line);
    const { activeElement } = document;
    if (activeElement !== document.body && !activeElement?.closest('#events nav')) return;
    const place = inRows.current ? (firstRow() ?? events()) : events();
    place?.focus({ preventScroll: true });
  }, [page, line]);

  return (
    <p aria-live="polite" className="sr-only">
      {told}
    </p>
  );
}
