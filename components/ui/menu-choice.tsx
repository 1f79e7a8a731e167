import { Check } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';

type MenuChoiceProps = ComponentProps<'button'> & { icon?: ReactNode; chosen: boolean; note?: ReactNode };

/** One of several values in a menu's form; the one that holds carries a check. */
export function MenuChoice({ icon, chosen, note, children, ...props }: MenuChoiceProps) {
  return (
    <button
      type="submit"
      aria-current={chosen ? 'true' : undefined}
      className="flex min-h-8 w-full items-center gap-2.5 rounded-lg px-2 py-1 text-left hover:bg-sunken [&>.lucide]:text-muted"
      {...props}
    >
      {icon}
      <span className="min-w-0 flex-1">
        {children}
        {note && <span className="block text-xs text-muted">{note}</span>}
      </span>
      {chosen && <Check className="text-accent!" />}
    </button>
  );
}
