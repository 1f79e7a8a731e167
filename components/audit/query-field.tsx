'use client';

import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useShortAddress } from '@/components/audit/use-short-address';
import { classNames } from '@/components/ui/class-names';
import { Input } from '@/components/ui/input';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { Completion } from '@/lib/audit/filter/completions';

type Found = { start: number; options: Completion[] };

const nothing: Found = { start: 0, options: [] };

/** Milliseconds. Whoever types on is not asked about each letter. */
const restMs = 120;

type QueryFieldProps = {
  /** What answers which text may follow. */
  completeHref: string;
  defaultValue: string;
  placeholder: string;
  className: string;
};

/**
 * The search field with what may follow in it (APG: an editable combobox with a list). It offers while somebody types, or
 * on the arrow down; without JavaScript it is a search field like any other.
 */
export function QueryField({ completeHref, defaultValue, placeholder, className }: QueryFieldProps) {
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const asked = useRef<AbortController>(undefined);
  const [{ start, options }, setFound] = useState(nothing);
  const [current, setCurrent] = useState(-1);
  const hydrated = useHydrated();
  const open = options.length > 0;
  useShortAddress(input);

  const show = (found: Found) => {
    setFound(found);
    setCurrent(-1);
  };
  const close = () => {
    asked.current?.abort();
    show(nothing);
  };
  const ask = () => {
    asked.current?.abort();
    const own = new AbortController();
    asked.current = own;
    setTimeout(async () => {
      const { value = '', selectionStart } = input.current ?? {};
      const found = own.signal.aborted
        ? undefined
        : await fetchOptions(completeHref, value.slice(0, selectionStart ?? value.length), own.signal);
      if (!own.signal.aborted) show(found ?? nothing);
    }, restMs);
  };
  const choose = ({ text }: Completion) => {
    const field = input.current;
    if (!field) return;
    const isKey = text.endsWith(':');
    field.setRangeText(isKey ? text : `${text} `, start, field.selectionStart ?? field.value.length, 'end');
    close();
    if (isKey) ask();
  };

  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = options[current];
    if (move && open)
      setCurrent((current + move + options.length + (current < 0 && move < 0 ? 1 : 0)) % options.length);
    else if (event.key === 'ArrowDown') ask();
    else if (event.key === 'Enter' && chosen) choose(chosen);
    else if (event.key === 'Escape' && open) close();
    else {
      if (event.key === 'Enter') close();
      return;
    }
    event.preventDefault();
  };

  return (
    <>
      <Input
        ref={input}
        name="q"
        type="search"
        aria-label="Search"
        autoComplete="off"
        placeholder={placeholder}
        defaultValue={defaultValue}
        className={className}
        onInput={ask}
        onKeyDown={press}
        onBlur={close}
        {...(hydrated && {
          role: 'combobox',
          'aria-autocomplete': 'list',
          'aria-expanded': open,
          'aria-controls': open ? listId : undefined,
          'aria-activedescendant': current < 0 ? undefined : `${listId}-${current}`,
        })}
      />
      {open && (
        <div
          id={listId}
          role="listbox"
          tabIndex={-1}
          aria-label="What may follow"
          className="absolute inset-x-0 top-full z-10 mt-1.5 max-h-80 overflow-y-auto rounded-xl border border-line-strong bg-surface p-1.5 shadow-float"
        >
          {options.map((option, at) => (
            <div
              key={option.text}
              id={`${listId}-${at}`}
              role="option"
              tabIndex={-1}
              aria-selected={at === current}
              ref={at === current ? scrollIntoList : undefined}
              // The focus stays in the field.
              onPointerDown={(event) => {
                event.preventDefault();
                choose(option);
              }}
              className={classNames(
                'flex min-h-8 cursor-pointer flex-wrap content-center items-baseline gap-x-3 rounded-lg px-2 py-1 hover:bg-sunken',
                at === current && 'bg-accent-soft',
              )}
            >
              <span className="font-mono text-sm">{option.text}</span>
              <span className="text-sm text-muted">{option.hint}</span>
            </div>
          ))}
        </div>
      )}
    </>
  );
}

const scrollIntoList = (option: HTMLElement | null) => option?.scrollIntoView({ block: 'nearest' });

/** Undefined when there is no answer, also to whoever has asked too often: the field then works without. */
async function fetchOptions(href: string, typed: string, signal: AbortSignal): Promise<Found | undefined> {
  try {
    const response = await fetch(`${href}?${new URLSearchParams({ typed })}`, { signal });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}
