import { Check, Circle, LoaderCircle, Minus, X } from 'lucide-react';
import type { TestStep } from '@/lib/siem/integrations/test-connection';

const icons = {
  ok: <Check className="mt-0.5 text-ok" />,
  failed: <X className="mt-0.5 text-bad" />,
  skipped: <Minus className="mt-0.5 text-muted" />,
  running: <LoaderCircle className="mt-0.5 animate-spin text-accent" />,
  waiting: <Circle className="mt-0.5 text-faint" />,
};

const words = {
  ok: 'passed',
  failed: 'failed',
  skipped: 'skipped',
  running: 'under way',
  waiting: 'to come',
};

/** How far a test came. */
export function TestSteps({ steps }: { steps: readonly TestStep[] }) {
  return (
    <ol className="grid gap-2.5">
      {steps.map(({ name, status, detail }) => (
        <li key={name} className="grid grid-cols-[1rem_4.5rem_minmax(0,1fr)] gap-x-2.5">
          {icons[status]}
          <span className="font-medium">
            {name}
            <span className="sr-only"> {words[status]}: </span>
          </span>
          <span className="text-muted [overflow-wrap:anywhere]">{detail}</span>
        </li>
      ))}
    </ol>
  );
}
