import type { ReactNode } from 'react';
import { Mark } from '@/components/ui/mark';

type AuthShellProps = {
  title: string;
  description?: ReactNode;
  /** Under the card: where else to turn. */
  footer?: ReactNode;
  children: ReactNode;
};

/** A page for somebody who is not signed in yet: the mark, one card, one task. */
export function AuthShell({ title, description, footer, children }: AuthShellProps) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-110 flex-col justify-center px-4 py-10">
      <p className="mb-6 flex flex-col items-center gap-3 text-lg font-bold tracking-[-0.012em]">
        <span className="relative">
          {/* The trace that leads to the mark. */}
          <span className="absolute top-1/2 right-full -mr-0.5 h-px w-[26vw] bg-linear-to-l from-accent to-transparent opacity-60" />
          <Mark className="h-5 w-12 text-accent" />
        </span>
        Tracekeep
      </p>
      <div className="rounded-xl border border-line bg-surface p-5 shadow-rest sm:p-7">
        <h1 className="text-2xl font-bold tracking-[-0.017em]">{title}</h1>
        {description && <p className="mt-1 text-pretty text-muted">{description}</p>}
        <div className="mt-5">{children}</div>
      </div>
      {footer && <div className="mt-5 text-center text-sm text-pretty text-muted">{footer}</div>}
      {/* A little more space below than above: the eye takes a raised block for the centre. */}
      <div className="h-[8vh]" />
    </main>
  );
}
