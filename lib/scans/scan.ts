export type RunStatus = 'queued' | 'running' | 'finished' | 'failed' | 'stopped';
export type RunTrigger = 'manual' | 'schedule' | 'api';

/** One run without its findings. Plain data: times are ISO-8601. */
export type RunSummary = {
  readonly id: string;
  readonly status: RunStatus;
  readonly trigger: RunTrigger;
  /** The person or key; null for the scheduler. */
  readonly startedByName: string | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** How many times a worker took it up. */
  readonly attempt: number;
  /** 0 to 100, and what is being looked at. */
  readonly progress: number;
  readonly step: string | null;
  /** The rest is null until the run has finished. "A" to "F". */
  readonly grade: string | null;
  readonly findingCount: number | null;
  /** Compared with the finished run before it; null where there was none. */
  readonly newFindings: number | null;
  readonly fixedFindings: number | null;
  /** Why it failed, or who stopped it. */
  readonly reason: string | null;
};

/** A scan and how it stands. Plain data. */
export type ScanSummary = {
  readonly id: string;
  readonly name: string;
  readonly targetUrl: string;
  readonly description: string;
  readonly createdByName: string;
  readonly createdAt: string;
  readonly schedule: {
    readonly cron: string;
    readonly timeZone: string;
    readonly nextRunAt: string;
  } | null;
  /** Queued or running; there is at most one. */
  readonly activeRun: RunSummary | null;
  /** The last one that ended, however it did. */
  readonly lastRun: RunSummary | null;
  /** The last one that has findings and a grade. */
  readonly lastFinished: RunSummary | null;
};

/** Whether a run still has something before it. */
export function isActive({ status }: { readonly status: RunStatus }): boolean {
  return status === 'queued' || status === 'running';
}
