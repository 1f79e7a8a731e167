import type { ComponentProps } from 'react';
import { classNames } from '@/components/ui/class-names';
import { controlStyle } from '@/components/ui/control-style';

/** Several lines of text; it can be drawn larger, not wider than its place. */
export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return (
    <textarea
      className={classNames(controlStyle(), 'resize-y py-2 pointer-coarse:text-lg', className)}
      {...props}
    />
  );
}
