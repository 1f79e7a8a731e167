'use client';

import { useEffect } from 'react';

const rowOf = (id: string) => document.querySelector<HTMLElement>(`#events a[href*="event=${id}"]`);
const inRows = (element: Element | null) => element?.closest('#events tbody') != null;

/**
 * The keys of an open event: those its own controls name, while the focus is in it, and Escape from anywhere. Whoever opens
 * an event from a row is led into it, and back to that row when it closes. Without JavaScript there are the links.
 */
export function EventKeys({ id }: { id: string }) {
  useEffect(() => {
    const panel = document.getElementById('event');
    if (inRows(document.activeElement)) document.getElementById('event-title')?.focus();

    let focused: EventTarget | null = document.activeElement;
    const follow = ({ target }: FocusEvent) => {
      focused = target;
    };
    const press = (event: KeyboardEvent) => {
      if (isForAnother(event)) return;
      const inPanel = event.target instanceof Node && panel?.contains(event.target);
      if (!inPanel && event.key !== 'Escape') return;
      panel?.querySelector<HTMLElement>(`[aria-keyshortcuts="${CSS.escape(event.key)}"]`)?.click();
    };
    document.addEventListener('focusin', follow);
    document.addEventListener('keydown', press);
    return () => {
      document.removeEventListener('focusin', follow);
      document.removeEventListener('keydown', press);
      // What had the focus went away with the panel, or with the event before this one.
      if (document.activeElement !== document.body || !(focused instanceof Node) || focused.isConnected)
        return;
      if (panel?.isConnected) document.getElementById('event-title')?.focus();
      else (rowOf(id) ?? document.getElementById('events'))?.focus();
    };
  }, [id]);
  return null;
}

/** Whether a key means something else: with a modifier, in a field, or while something lies over the page. */
function isForAnother({ defaultPrevented, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
  if (defaultPrevented || ctrlKey || metaKey || altKey) return true;
  if (target instanceof Element && target.closest('input, select, textarea')) return true;
  return document.querySelector(':popover-open, dialog[open]') !== null;
}
