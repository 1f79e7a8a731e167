import type { ComponentProps } from 'react';
import { classNames } from '@/components/ui/class-names';
import { controlStyle } from '@/components/ui/control-style';

export type InputProps = ComponentProps<'input'> & { face?: 'text' | 'mono' };

export function Input({ face = 'text', className, ...props }: InputProps) {
  // 36 px, and 16 px letters on a phone: iOS zooms into anything smaller.
  return (
    <input
      className={classNames(controlStyle({ face }), 'h-9 pointer-coarse:text-lg', className)}
      {...props}
    />
  );
}
