import type { ReactNode } from 'react';

type EmptyStateProps = {
  icon: ReactNode;
  title: ReactNode;
  /** What will appear here, and when. */
  children?: ReactNode;
  /** The one next step. */
  action?: ReactNode;
  level?: 2 | 3;
};

/** Instead of content that does not exist yet, or that the filter excludes. Stands inside a card. */
export function EmptyState({ icon, title, children, action, level = 2 }: EmptyStateProps) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center">
      <span className="mb-3.5 grid size-10 place-items-center rounded-xl border border-line bg-sunken text-muted [&_.lucide]:size-5">
        {icon}
      </span>
      <Heading className="text-md font-semibold tracking-[-0.006em]">{title}</Heading>
      {children && <div className="mt-1 max-w-[52ch] text-pretty text-muted">{children}</div>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}
