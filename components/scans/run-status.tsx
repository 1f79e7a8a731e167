import { Check, Clock, Play, Square, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { ProgressBar } from '@/components/ui/progress-bar';
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
      <ProgressBar
        label={`Progress of ${of}`}
        value={run.progress}
        max={100}
        className="w-20 min-w-10 shrink"
      />
      <span className="text-sm whitespace-nowrap text-muted tabular-nums">{run.progress} %</span>
    </span>
  );
}
