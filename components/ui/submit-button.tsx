'use client';

import { LoaderCircle } from 'lucide-react';
import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { useFormStatus } from 'react-dom';
import { Button, type ButtonLook } from '@/components/ui/button';

type SubmitButtonProps = ButtonLook &
  Omit<ComponentProps<'button'>, 'type'> & {
    /** Replaces the words while this button's submission runs, for example "Testing…". */
    pendingLabel?: ReactNode;
    /** For forms that submit in a transition of their own, which `useFormStatus` cannot see. */
    pending?: boolean | undefined;
  };

/** Submits its form, says that it is working, and ignores a second press. Without JavaScript: a plain submit button. */
export function SubmitButton({
  variant = 'primary',
  pendingLabel,
  pending,
  icon,
  children,
  onClick,
  ...props
}: SubmitButtonProps) {
  const form = useFormStatus();
  const busy = pending ?? form.pending;
  // A form may have several submit buttons of one name; only the pressed one changes its words.
  const pressed =
    pending ?? (props.name === undefined || form.data?.get(props.name) === String(props.value ?? ''));
  const working = busy && pressed;

  const ignoreWhileBusy = (event: MouseEvent<HTMLButtonElement>) => {
    if (busy) event.preventDefault();
    else onClick?.(event);
  };

  return (
    <Button
      {...props}
      type="submit"
      variant={variant}
      pending={busy}
      icon={working ? <LoaderCircle className="animate-spin" /> : icon}
      onClick={ignoreWhileBusy}
    >
      {working ? (pendingLabel ?? children) : children}
    </Button>
  );
}
