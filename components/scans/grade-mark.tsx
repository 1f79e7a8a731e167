import { classNames } from '@/components/ui/class-names';

const looks: Record<string, string> = {
  A: 'bg-ok-soft text-ok',
  B: 'bg-ok-soft text-ok',
  C: 'bg-warn-soft text-warn',
  D: 'bg-warn-soft text-warn',
  E: 'bg-bad-soft text-bad',
  F: 'bg-bad-soft text-bad',
};

/** A grade, "A" to "F". */
export function GradeMark({ grade, size = 'sm' }: { grade: string; size?: 'sm' | 'lg' }) {
  return (
    <span
      className={classNames(
        'inline-grid shrink-0 place-items-center font-bold',
        size === 'lg' ? 'size-13 rounded-xl text-2xl' : 'size-6.5 rounded-md text-sm',
        looks[grade] ?? 'bg-sunken text-muted',
      )}
    >
      <span className="sr-only">Grade </span>
      {grade}
    </span>
  );
}
