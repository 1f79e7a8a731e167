import { classNames } from '@/components/ui/class-names';

type ProgressBarProps = {
  /** What it is the progress of. */
  label: string;
  value: number;
  max: number;
  /** Its width. */
  className: string;
};

/** How much of something is done. The figures stand beside it in words. */
export function ProgressBar({ label, value, max, className }: ProgressBarProps) {
  return (
    <progress
      value={value}
      max={max}
      aria-label={label}
      className={classNames(
        'h-1.5 appearance-none overflow-hidden rounded-full bg-line-strong',
        '[&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line-strong [&::-webkit-progress-value]:bg-accent',
        className,
      )}
    >
      {value} of {max}
    </progress>
  );
}
