import { Check, Clock, Play, Square, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Status, type Tone } from '@/components/ui/status';
import type { RunStatus, RunSummary } from '@/lib/scans/scan';

/** Each state has an icon and a word; colour only repeats them. */
const states: Record<RunStatus, { tone: Tone; word: string; icon: ReactNode }> = {
  queued: { tone: 'neutral', word: 'Queued', icon: <Clock /> },
  running: { tone: 'neutral', word: 'Running', icon: <Play className="text-accent" /> },
  finished: { tone: 'ok', word: 'Finished', icon: <Check /> },
  failed: { tone: 'bad', word: 'Failed', icon: <X /> },
  stopped: { tone: 'neutral', word: 'Stopped', icon: <Square /> },
};

/** How a run stands; null for a scan that never ran. */
export function RunStatusBadge({ run }: { run: Pick<RunSummary, 'status'> | null }) {
  if (!run) return <Status tone="neutral">Never run</Status>;
  const { tone, word, icon } = states[run.status];
  return (
    <Status tone={tone} icon={icon}>
      {word}
    </Status>
  );
}

/** How far a run is that is under way, and what it is looking at. */
export function RunProgress({ run, of }: { run: RunSummary; of: string }) {
  return (
    <span className="flex items-center gap-2">
      <progress
        value={run.progress}
        max={100}
        aria-label={`Progress of ${of}`}
        className="h-1.5 w-20 min-w-10 shrink appearance-none overflow-hidden rounded-full bg-line-strong [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line-strong [&::-webkit-progress-value]:bg-accent"
      >
        {run.progress} %
      </progress>
      <span className="text-sm whitespace-nowrap text-muted tabular-nums">{run.progress} %</span>
    </span>
  );
}
