import { cva, type VariantProps } from 'class-variance-authority';
import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';

const buttonStyle = cva(
  [
    'inline-flex max-w-full shrink-0 items-center justify-center gap-2 rounded-lg border font-medium select-none',
    'transition-colors aria-disabled:cursor-progress aria-disabled:opacity-70',
  ],
  {
    variants: {
      variant: {
        primary: 'border-accent bg-accent text-on-accent hover:border-accent-strong hover:bg-accent-strong',
        secondary: 'border-line-strong bg-surface text-ink shadow-rest hover:border-control hover:bg-sunken',
        ghost: 'border-transparent text-muted hover:bg-sunken hover:text-ink',
        'ghost-danger': 'border-transparent text-bad hover:bg-sunken',
        danger: 'border-bad bg-bad text-on-bad hover:opacity-90',
      },
      size: {
        sm: 'min-h-7.5 px-2.5 text-sm [&_.lucide]:size-3.5',
        md: 'min-h-8.5 px-3.5 text-base',
        lg: 'min-h-9.5 px-4 text-base',
        icon: 'size-8.5 p-0',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

export type ButtonLook = VariantProps<typeof buttonStyle> & { icon?: ReactNode };

// The router's link declares its three handlers without `undefined`.
type LinkHandlers = Pick<ComponentProps<typeof Link>, 'onClick' | 'onMouseEnter' | 'onTouchStart'>;
type LinkProps = Omit<ComponentProps<'a'>, keyof LinkHandlers> &
  LinkHandlers & {
    href: string;
    /** False on a page that is fetched anew again and again: its links would be, too. */
    prefetch?: false;
    /** False where the page stays where it is. */
    scroll?: false;
  };
type NativeProps = ComponentProps<'button'> & { href?: undefined; pending?: boolean | undefined };

type ButtonProps = ButtonLook & (LinkProps | NativeProps);

/**
 * A button, or with `href` a link that looks like one. `size="icon"` needs an `aria-label`.
 * `pending` keeps the button focusable, as a disabled one would lose the keyboard's place.
 */
export function Button({ variant, size, icon, className, children, ...props }: ButtonProps) {
  const classes = classNames(buttonStyle({ variant, size }), className);
  const content = (
    <>
      {icon}
      {children}
    </>
  );

  if (props.href !== undefined) {
    const { href, prefetch, scroll, ...rest } = props;
    // Only pages of the console are fetched by the router; downloads and other hosts are the browser's.
    const isPage = href.startsWith('/') && !href.startsWith('/api/') && rest.download === undefined;
    return isPage ? (
      <Link
        href={href}
        className={classes}
        {...(prefetch === false && { prefetch })}
        {...(scroll === false && { scroll })}
        {...rest}
      >
        {content}
      </Link>
    ) : (
      <a href={href} className={classes} {...rest}>
        {content}
      </a>
    );
  }

  const { pending, href: _, ...rest } = props;
  return (
    <button type="button" className={classes} aria-disabled={pending || undefined} {...rest}>
      {content}
    </button>
  );
}
