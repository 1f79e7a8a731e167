import type { ReactNode } from 'react';
import { ShownCertificate } from '@/components/siem/shown-certificate';
import { TestSteps } from '@/components/siem/test-steps';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code';
import { CopyButton } from '@/components/ui/copy-button';
import { Notice } from '@/components/ui/notice';
import type { TestResult, TestStep } from '@/lib/siem/integrations/test-connection';

/** A test that goes on, or with a result one that has ended. */
export type ShownTest = {
  steps: readonly TestStep[];
  result?: TestResult;
  /** When it ended, in the reader's zone. */
  endedAt?: string;
};

type TestResultProps = {
  test: ShownTest;
  /** A field was changed after the test: what it proved may no longer hold. */
  stale?: boolean;
  /** A control that trusts exactly this certificate. */
  trust?: (fingerprint: string) => ReactNode;
};

/** What one real test event met on its way, step by step, and how to find it in Splunk. */
export function TestResultCard({ test: { steps, result, endedAt }, stale = false, trust }: TestResultProps) {
  return (
    <Card aria-labelledby="test-result-title" className={stale ? 'opacity-70' : ''}>
      <CardHeader
        title="Test result"
        titleId="test-result-title"
        actions={
          result && (
            <span className="text-sm text-muted tabular-nums">
              {endedAt} · {result.latencyMs} ms
            </span>
          )
        }
      />
      <CardBody className="grid gap-3">
        {stale && <Notice tone="warn">Out of date: values changed since this test.</Notice>}
        <p role="status" className={`font-medium ${tone(result)}`}>
          {result ? result.message : 'Testing…'}
        </p>
        {result && <p className="text-muted [overflow-wrap:anywhere]">{result.hint}</p>}
        {result?.warnings.map((warning) => (
          <Notice key={warning} tone="info">
            {warning}
          </Notice>
        ))}
        <TestSteps steps={steps} />
      </CardBody>
      {result?.certificate && (
        <CardBody className="grid gap-2.5">
          <ShownCertificate
            certificate={result.certificate}
            pinned={result.pinned}
            trust={trust?.(result.certificate.fingerprint256)}
          />
        </CardBody>
      )}
      {result && <Evidence result={result} />}
    </Card>
  );
}

function tone(result: TestResult | undefined): string {
  if (!result) return '';
  return result.ok ? 'text-ok' : 'text-bad';
}

/** What to look for in Splunk, and what was sent there. */
function Evidence({ result: { ok, search, request, sent } }: { result: TestResult }) {
  return (
    <CardBody className="grid gap-2.5">
      {search && (
        <>
          <p className="text-sm text-muted">
            {ok
              ? 'Run this search in Splunk to see the event:'
              : 'Run this search in Splunk to see what its collector says about the request:'}
          </p>
          <CodeBlock label="Splunk search">{search}</CodeBlock>
          <div>
            <CopyButton text={search} label="Copy search" />
          </div>
        </>
      )}
      <details>
        <summary className="w-fit font-medium text-accent">
          {sent ? 'What was sent' : 'What would have been sent'}
        </summary>
        <div className="mt-2 grid gap-2.5">
          <CodeBlock label="Request">{request}</CodeBlock>
          <div>
            <CopyButton text={request} label="Copy request" />
          </div>
        </div>
      </details>
    </CardBody>
  );
}
