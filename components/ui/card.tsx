import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';

/** A bordered surface. Parts that follow one another inside it are divided by lines. */
export function Card({ className, ...props }: ComponentProps<'section'>) {
  return (
    <section
      className={classNames(
        'min-w-0 overflow-clip rounded-xl border border-line bg-surface shadow-rest',
        'divide-y divide-line',
        className,
      )}
      {...props}
    />
  );
}

type CardHeaderProps = {
  title: ReactNode;
  /** To name the card: `<Card aria-labelledby={titleId}>`. */
  titleId?: string;
  level?: 2 | 3;
  description?: ReactNode;
  /** A 34 px tile before the title, for example an icon. */
  icon?: ReactNode;
  /** Status and controls at the end of the line. */
  actions?: ReactNode;
};

/** Title and description of a card at the left, its state and controls at the right. */
export function CardHeader({ title, titleId, level = 2, description, icon, actions }: CardHeaderProps) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2.5 px-4.5 py-4">
      {icon && (
        <span className="grid size-8.5 shrink-0 place-items-center rounded-lg border border-line text-accent">
          {icon}
        </span>
      )}
      <div className="min-w-0 flex-1 basis-48">
        <Heading id={titleId} className="text-md font-semibold tracking-[-0.006em]">
          {title}
        </Heading>
        {description && <div className="mt-0.5 text-sm text-muted">{description}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2.5">{actions}</div>}
    </header>
  );
}

export function CardBody({ className, ...props }: ComponentProps<'div'>) {
  return <div className={classNames('px-4.5 py-4', className)} {...props} />;
}

export function CardFooter({ className, ...props }: ComponentProps<'footer'>) {
  return (
    <footer className={classNames('flex flex-wrap items-center gap-2.5 px-4.5 py-3', className)} {...props} />
  );
}
