import type { ComponentProps, ReactNode } from 'react';

type RadioProps = Omit<ComponentProps<'input'>, 'type' | 'id' | 'className'> & {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
};

/** One of several choices with its sentence; the whole sentence can be pressed. */
export function Radio({ id, label, hint, ...props }: RadioProps) {
  return (
    <div className="flex gap-2.5">
      <input
        {...props}
        id={id}
        type="radio"
        className="my-1 size-4 shrink-0 cursor-pointer accent-accent"
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      <div className="min-w-0">
        <label htmlFor={id} className="inline-block cursor-pointer py-0.5 font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-sm text-muted">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
