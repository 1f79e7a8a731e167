import type { RunSummary } from '@/lib/scans/scan';

/** "3 findings", "1 finding", "no findings". */
export function findingsWords(count: number): string {
  return count === 0 ? 'no findings' : `${count} ${count === 1 ? 'finding' : 'findings'}`;
}

/** What is different from the finished run before; undefined where there was none, or nothing has finished. */
export function changeWords({ newFindings, fixedFindings }: RunSummary): string | undefined {
  if (newFindings === null || fixedFindings === null) return undefined;
  if (newFindings === 0 && fixedFindings === 0) return 'nothing changed';
  const parts = [
    newFindings > 0 ? `${newFindings} new` : undefined,
    fixedFindings > 0 ? `${fixedFindings} fixed` : undefined,
  ];
  return parts.filter(Boolean).join(', ');
}

/** Who or what started a run. */
export function starterWords({ trigger, startedByName }: RunSummary): string {
  if (trigger === 'schedule') return 'by the schedule';
  return `by ${startedByName || 'somebody'}${trigger === 'api' ? ' through the API' : ''}`;
}

/** How a run stands as a sentence, to be announced when it changes. */
export function statusSentence(name: string, run: RunSummary | null): string {
  if (!run) return `${name} has never run.`;
  switch (run.status) {
    case 'queued':
      return `${name} waits for a worker.`;
    case 'running':
      return `${name} is running.`;
    case 'finished':
      return `${name} finished with grade ${run.grade} and ${findingsWords(run.findingCount ?? 0)}.`;
    case 'failed':
      return `${name} failed. ${run.reason ?? ''}`;
    case 'stopped':
      return `${run.reason ?? `${name} was stopped`}.`;
  }
}
