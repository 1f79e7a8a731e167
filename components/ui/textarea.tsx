import type { ComponentProps } from 'react';
import { classNames } from '@/components/ui/class-names';
import { controlStyle } from '@/components/ui/control-style';

type TextareaProps = ComponentProps<'textarea'> & { face?: 'text' | 'mono' };

/** Several lines of text; it can be drawn larger, not wider than its place. */
export function Textarea({ face = 'text', className, ...props }: TextareaProps) {
  return (
    <textarea
      className={classNames(controlStyle({ face }), 'resize-y py-2 pointer-coarse:text-lg', className)}
      {...props}
    />
  );
}
