'use client';

import { type MouseEvent, type ReactNode, useId, useRef } from 'react';
import { Button, type ButtonLook } from '@/components/ui/button';

type DialogProps = ButtonLook & {
  /** The page that asks the same question: where the link leads without JavaScript or in a new tab. */
  href: string;
  trigger: ReactNode;
  title: ReactNode;
  cancelLabel?: string;
  /** What happens, what is kept, and the milder way. */
  children: ReactNode;
  /** The form that does it, with its one button. */
  confirm: ReactNode;
};

/** A link to a page of confirmation that JavaScript shortens to a dialog on this one; it closes when a form in it is sent. */
export function Dialog({
  href,
  trigger,
  title,
  cancelLabel = 'Cancel',
  children,
  confirm,
  ...look
}: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  const open = (event: MouseEvent) => {
    // A press that asks for a new tab or window gets one.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    dialog.current?.showModal();
  };

  return (
    <>
      <Button {...look} href={href} onClick={open}>
        {trigger}
      </Button>
      <dialog
        ref={dialog}
        aria-labelledby={titleId}
        onSubmit={(event) => event.currentTarget.close()}
        className="m-auto w-full max-w-120 rounded-xl border border-line-strong bg-surface p-6 text-ink shadow-float backdrop:bg-ink/30 dark:backdrop:bg-canvas/75"
      >
        <h2 id={titleId} className="text-lg font-semibold tracking-[-0.006em]">
          {title}
        </h2>
        <div className="mt-1.5 text-pretty text-muted">{children}</div>
        <div className="mt-5 flex flex-wrap gap-2.5">
          {confirm}
          <form method="dialog">
            <Button type="submit">{cancelLabel}</Button>
          </form>
        </div>
      </dialog>
    </>
  );
}
