import { classNames } from '@/components/ui/class-names';

/** A grey block in place of a text or a figure; give it the final size, so that nothing moves. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={classNames('block h-4 animate-pulse rounded-md bg-line', className)}
    />
  );
}

/** Rows of the final height (44 px) inside a card. The words are for those who do not see the blocks. */
export function SkeletonRows({ rows, label = 'Loading' }: { rows: number; label?: string }) {
  return (
    <div role="status" className="divide-y divide-line">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
        <div key={row} className="flex h-11 items-center gap-6 px-4.5">
          <Skeleton className="w-24" />
          <Skeleton className="w-1/4" />
          <Skeleton className="ml-auto w-14" />
        </div>
      ))}
    </div>
  );
}
