'use client';

import { type MouseEvent, type ReactNode, type SubmitEvent, useId } from 'react';
import { Button, type ButtonLook } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';

type MenuProps = ButtonLook & {
  /** The button's name where its content does not say it all. */
  label?: string;
  /** The button's content. */
  trigger?: ReactNode;
  className?: string;
  children: ReactNode;
};

/**
 * A button and the panel it opens: the browser's own popover, which works without JavaScript and closes with Escape
 * or a press elsewhere. With JavaScript it also closes when a form in it is sent or a link in it followed, and focus returns
 * to the button.
 */
export function Menu({ label, trigger, className, children, ...look }: MenuProps) {
  const id = useId();
  const closeOnSubmit = (event: SubmitEvent<HTMLDivElement>) => event.currentTarget.hidePopover();
  const closeOnLink = (event: MouseEvent<HTMLDivElement>) => {
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey;
    if (!elsewhere && event.target instanceof Element && event.target.closest('a'))
      event.currentTarget.hidePopover();
  };

  return (
    <>
      <Button
        {...look}
        className="font-normal! text-muted! hover:text-ink!"
        aria-label={label}
        title={label}
        popoverTarget={id}
      >
        {trigger}
      </Button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only hears of what its contents were told */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click too */}
      <div
        id={id}
        popover="auto"
        onSubmit={closeOnSubmit}
        onClick={closeOnLink}
        className={classNames(
          'menu-panel w-56 rounded-xl border border-line-strong bg-surface p-1.5 text-ink shadow-float',
          className,
        )}
      >
        {children}
      </div>
    </>
  );
}
