import { Check, Minus, X } from 'lucide-react';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code';
import { CopyButton } from '@/components/ui/copy-button';
import { Notice } from '@/components/ui/notice';
import type { TestResult, TestStep } from '@/lib/siem/integrations/test-connection';

const icons = {
  ok: <Check className="mt-0.5 text-ok" />,
  failed: <X className="mt-0.5 text-bad" />,
  skipped: <Minus className="mt-0.5 text-muted" />,
};

type TestResultProps = {
  result: TestResult;
  /** When the test ended, in the reader's zone. */
  endedAt: string;
  /** A field was changed after the test: what it proved may no longer hold. */
  stale: boolean;
};

/** What one real test event met on its way, step by step, and how to find it in Splunk. */
export function TestResultCard({ result, endedAt, stale }: TestResultProps) {
  return (
    <Card aria-labelledby="test-result-title" className={stale ? 'opacity-70' : ''}>
      <CardHeader
        title="Test result"
        titleId="test-result-title"
        actions={
          <span className="text-sm text-muted tabular-nums">
            {endedAt} · {result.latencyMs} ms
          </span>
        }
      />
      <CardBody className="grid gap-3">
        {stale && <Notice tone="warn">Out of date: values changed since this test.</Notice>}
        <p role="status" className={`font-medium ${result.ok ? 'text-ok' : 'text-bad'}`}>
          {result.message}
        </p>
        <p className="text-muted">{result.hint}</p>
        {result.warnings.map((warning) => (
          <Notice key={warning} tone="info">
            {warning}
          </Notice>
        ))}
        <ol className="grid gap-2.5">
          {result.steps.map((step) => (
            <Step key={step.name} step={step} />
          ))}
        </ol>
      </CardBody>
      {result.ok && (
        <CardBody className="grid gap-2.5">
          <p className="text-sm text-muted">Run this search in Splunk to see the event:</p>
          <CodeBlock label="Splunk search">{result.search}</CodeBlock>
          <div>
            <CopyButton text={result.search} label="Copy search" />
          </div>
        </CardBody>
      )}
    </Card>
  );
}

const words = { ok: 'passed', failed: 'failed', skipped: 'skipped' };

function Step({ step }: { step: TestStep }) {
  return (
    <li className="grid grid-cols-[1rem_5.5rem_minmax(0,1fr)] gap-x-2.5">
      {icons[step.status]}
      <span className="font-medium">
        {step.name}
        <span className="sr-only"> {words[step.status]}: </span>
      </span>
      <span className="text-muted">{step.detail}</span>
    </li>
  );
}
