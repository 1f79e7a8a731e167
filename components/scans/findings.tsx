import { Check, CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { Code } from '@/components/ui/code';
import { Status } from '@/components/ui/status';
import type { Finding, Severity } from '@/lib/scans/checks/finding';
import type { Report } from '@/lib/scans/report';

const looks: Record<Severity, { word: string; icon: ReactNode }> = {
  high: { word: 'High', icon: <CircleAlert className="text-bad" /> },
  medium: { word: 'Medium', icon: <TriangleAlert className="text-warn" /> },
  low: { word: 'Low', icon: <Info className="text-accent" /> },
  info: { word: 'Info', icon: <Info className="text-muted" /> },
  pass: { word: 'Passed', icon: <Check className="text-ok" /> },
};

/** What a run found, the worst first: what was seen and what to do about it. What passed and what was fixed is folded. */
export function Findings({ report, title }: { report: Report; title: string }) {
  const problems = report.findings.filter(({ severity }) => severity !== 'pass');
  const passed = report.findings.filter(({ severity }) => severity === 'pass');
  return (
    <Card aria-labelledby="findings">
      <CardHeader titleId="findings" title={title} description={changed(report)} />
      {problems.length === 0 ? (
        <CardBody>
          <Status tone="ok">Every check passed</Status>
        </CardBody>
      ) : (
        <ul className="divide-y divide-line">
          {problems.map((finding) => (
            <FindingItem key={finding.id} finding={finding} isNew={report.new.includes(finding.id)} />
          ))}
        </ul>
      )}
      {report.fixed.length > 0 && (
        <Fold summary={`Fixed since the run before (${report.fixed.length})`} open>
          {report.fixed.map(({ id, title: fixed }) => (
            <li key={id} className="flex gap-2.5 py-1">
              <Check className="mt-0.5 text-ok" />
              <span>{fixed}</span>
            </li>
          ))}
        </Fold>
      )}
      {passed.length > 0 && (
        <Fold summary={`Passed (${passed.length})`}>
          {passed.map((finding) => (
            <li key={finding.id} className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2.5 py-1">
              <Check className="mt-0.5 text-ok" />
              <span>
                {finding.title}
                <Code className="block text-muted">{finding.evidence}</Code>
              </span>
            </li>
          ))}
        </Fold>
      )}
    </Card>
  );
}

function changed({ comparedWith, new: fresh, fixed }: Report): string | undefined {
  if (comparedWith === null) return undefined;
  if (fresh.length === 0 && fixed.length === 0) return 'Nothing changed since the run before.';
  return `${fresh.length} new and ${fixed.length} fixed since the run before.`;
}

function FindingItem({ finding, isNew }: { finding: Finding; isNew: boolean }) {
  const { word, icon } = looks[finding.severity];
  return (
    <li className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-3 px-4.5 py-3.5">
      <span className="mt-0.5">{icon}</span>
      <div className="min-w-0">
        <div className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
          <h3 className="font-medium">{finding.title}</h3>
          <span className="text-sm text-muted">{word}</span>
          {isNew && (
            <span className="rounded-full bg-accent-soft px-2 text-xs font-medium text-accent">New</span>
          )}
        </div>
        <Code className="mt-1 block text-muted">{finding.evidence}</Code>
        <p className="mt-1 max-w-[72ch]">{finding.remedy}</p>
      </div>
    </li>
  );
}

function Fold({ summary, open, children }: { summary: string; open?: boolean; children: ReactNode }) {
  return (
    <details className="px-4.5 py-3" open={open}>
      <summary className="font-medium">{summary}</summary>
      <ul className="mt-2">{children}</ul>
    </details>
  );
}
