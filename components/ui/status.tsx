import { cva, type VariantProps } from 'class-variance-authority';
import { Check, Circle, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';

export type Tone = 'ok' | 'warn' | 'bad' | 'neutral';

const icons: Record<Tone, ReactNode> = {
  ok: <Check />,
  warn: <TriangleAlert />,
  bad: <X />,
  neutral: <Circle />,
};

const statusStyle = cva('inline-flex items-center gap-1.5 text-sm font-medium [&_.lucide]:size-3.5', {
  variants: {
    tone: { ok: 'text-ok', warn: 'text-warn', bad: 'text-bad', neutral: 'text-muted' },
    look: { plain: '', pill: 'min-h-6.5 rounded-full px-2.5 whitespace-nowrap' },
  },
  compoundVariants: [
    { look: 'pill', tone: 'ok', className: 'bg-ok-soft' },
    { look: 'pill', tone: 'warn', className: 'bg-warn-soft' },
    { look: 'pill', tone: 'bad', className: 'bg-bad-soft' },
    { look: 'pill', tone: 'neutral', className: 'bg-sunken' },
  ],
  defaultVariants: { look: 'plain' },
});

type StatusProps = {
  tone: Tone;
  look?: VariantProps<typeof statusStyle>['look'];
  /** Instead of the tone's own icon; a status is never colour alone. */
  icon?: ReactNode;
  className?: string;
  /** The word. */
  children: ReactNode;
};

/** Icon, word and colour: `plain` within a row of text, `pill` beside a title. */
export function Status({ tone, look, icon = icons[tone], className, children }: StatusProps) {
  return (
    <span className={classNames(statusStyle({ tone, look }), className)}>
      {icon}
      <span className="min-w-0">{children}</span>
    </span>
  );
}
