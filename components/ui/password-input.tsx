'use client';

import { useState } from 'react';
import { classNames } from '@/components/ui/class-names';
import { Input, type InputProps } from '@/components/ui/input';
import { useHydrated } from '@/components/ui/use-hydrated';

/** A secret that its owner may look at while typing. Without JavaScript: a plain password input. */
export function PasswordInput({ className, face = 'text', ...props }: Omit<InputProps, 'type'>) {
  const hydrated = useHydrated();
  const [shown, setShown] = useState(false);

  return (
    <span className="relative block">
      <Input
        {...props}
        type={shown ? 'text' : 'password'}
        face={shown ? face : 'text'}
        spellCheck={false}
        autoCapitalize="none"
        className={classNames('pr-16', className)}
      />
      {hydrated && (
        <button
          type="button"
          aria-controls={props.id}
          onClick={() => setShown(!shown)}
          className="absolute inset-y-1 right-1 min-w-12 rounded-md px-2 font-medium text-accent hover:bg-accent-soft"
        >
          {shown ? 'Hide' : 'Show'}
          <span className="sr-only"> what is typed</span>
        </button>
      )}
    </span>
  );
}
