import { GradeMark } from '@/components/scans/grade-mark';
import { RunProgress, RunStatusBadge } from '@/components/scans/run-status';
import { findingsWords, starterWords } from '@/components/scans/run-words';
import { Card, CardBody } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { Time } from '@/components/ui/time';
import { elapsedWords } from '@/lib/elapsed';
import type { RunSummary } from '@/lib/scans/scan';

type RunStateProps = { run: RunSummary; name: string; zone: string };

/** How one run stands: its grade, its progress, or why there is neither. */
export function RunState({ run, name, zone }: RunStateProps) {
  return (
    <Card aria-label="State">
      <CardBody className="flex flex-wrap items-center gap-x-4 gap-y-3">
        {run.grade && <GradeMark grade={run.grade} size="lg" />}
        <div className="min-w-0 flex-1 basis-56">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <RunStatusBadge run={run} />
            {run.findingCount !== null && (
              <span className="font-medium first-letter:uppercase">{findingsWords(run.findingCount)}</span>
            )}
            {run.status === 'running' && <RunProgress run={run} of={name} />}
          </p>
          <p className="mt-1 text-muted">
            Started {starterWords(run)}, <Time value={new Date(run.createdAt)} zone={zone} withOffset />
            {took(run)}
          </p>
          {run.step && <p className="text-muted">{run.step}</p>}
          {waitsLong(run) && (
            <p className="text-warn">
              No worker has taken it up yet. It begins as soon as a server has room for it.
            </p>
          )}
        </div>
      </CardBody>
      {run.status === 'failed' && (
        <CardBody>
          <Notice tone="bad" title="This run has no result">
            {run.reason}
          </Notice>
        </CardBody>
      )}
      {run.status === 'stopped' && (
        <CardBody>
          <Notice tone="info" title={run.reason}>
            Nothing of this run is kept.
          </Notice>
        </CardBody>
      )}
    </Card>
  );
}

/** Workers look for runs every second, so there is none, or all are busy. */
function waitsLong({ status, createdAt }: RunSummary): boolean {
  return status === 'queued' && Date.now() - new Date(createdAt).getTime() > 30_000;
}

function took({ startedAt, finishedAt, attempt }: RunSummary): string {
  const attempts = attempt > 1 ? `, attempt ${attempt}` : '';
  if (!startedAt || !finishedAt) return attempts;
  const ms = new Date(finishedAt).getTime() - new Date(startedAt).getTime();
  return `, took ${ms < 1_000 ? 'less than 1 s' : elapsedWords(ms)}${attempts}`;
}
