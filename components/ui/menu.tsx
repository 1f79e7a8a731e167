'use client';

import { type ReactNode, type SubmitEvent, useId } from 'react';
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
 * or a press elsewhere. With JavaScript it also closes when a form in it is sent, and focus returns to the button.
 */
export function Menu({ label, trigger, className, children, ...look }: MenuProps) {
  const id = useId();
  const closeOnSubmit = (event: SubmitEvent<HTMLDivElement>) => event.currentTarget.hidePopover();

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
      <div
        id={id}
        popover="auto"
        onSubmit={closeOnSubmit}
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
