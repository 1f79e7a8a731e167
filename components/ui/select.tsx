import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classNames } from '@/components/ui/class-names';
import { controlStyle } from '@/components/ui/control-style';

/** The browser's own select: its list works on a phone, by keyboard and without JavaScript. */
export function Select({ className, children, ...props }: ComponentProps<'select'>) {
  return (
    <span className={classNames('relative block', className)}>
      <select
        className={classNames(controlStyle(), 'h-9 appearance-none pr-8 pointer-coarse:text-lg')}
        {...props}
      >
        {children}
      </select>
      <ChevronDown className="pointer-events-none absolute top-2.5 right-2.5 text-muted" />
    </span>
  );
}
