import type { ComponentProps } from 'react';
import { classNames } from '@/components/ui/class-names';
import { controlStyle } from '@/components/ui/control-style';

type TextareaProps = ComponentProps<'textarea'> & { face?: 'text' | 'mono' };

/** Several lines; as tall as its content where the browser can, and never less than `rows`. */
export function Textarea({ face = 'text', rows = 4, className, ...props }: TextareaProps) {
  return (
    <textarea
      rows={rows}
      className={classNames(
        controlStyle({ face }),
        'field-sizing-content min-h-20 py-2 pointer-coarse:text-lg',
        className,
      )}
      {...props}
    />
  );
}
