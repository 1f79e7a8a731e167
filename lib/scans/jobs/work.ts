import { networkPolicy } from '@/lib/net/network-policy';
import { examine } from '@/lib/scans/checks/all-checks';
import { shownAddress } from '@/lib/scans/checks/shown-address';
import type { Answer, Sight } from '@/lib/scans/checks/sight';
import { beat, type Claim, claimRun, giveBack, letGo, saveStep, staleAfterMs } from '@/lib/scans/jobs/claim';
import { failRun, finishRun } from '@/lib/scans/jobs/finish';
import { type LookOptions, lookAt } from '@/lib/scans/jobs/look';
import { TargetError } from '@/lib/scans/jobs/target-error';
import type { Report } from '@/lib/scans/report';

export type WorkOptions = Partial<Pick<LookOptions, 'lookup' | 'caCertificate'>> & {
  /** Aborted when this process ends: the run is given back. */
  readonly signal: AbortSignal;
  /** Milliseconds; a stop is noticed within this time. */
  readonly heartbeatMs?: number;
  readonly staleMs?: number;
};

/** `lost`: somebody stopped or deleted the run, or another worker has it; nothing of this attempt is kept. */
export type WorkEnd = 'not_taken' | 'finished' | 'failed' | 'lost' | 'given_back';

/** The run is not this worker's any more. */
class LostError extends Error {
  override readonly name = 'LostError';
}

/**
 * Takes a run up and sees it through to its end. Between two requests, and every second within one, it looks whether the
 * run is still its own; if not, the request in flight is dropped. Rejects when the database fails or the scanner itself has
 * a fault: the run is then taken up anew once its heartbeat is old, as if the worker had died.
 */
export async function workOn(runId: string, options: WorkOptions): Promise<WorkEnd> {
  const { signal, heartbeatMs = 1_000, staleMs = staleAfterMs } = options;
  const claim = await claimRun(runId, staleMs);
  if (!claim) return 'not_taken';
  const pulse = startPulse(claim, heartbeatMs, staleMs);
  const end = () => pulse.lose();
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    const sight = await lookAt(new URL(claim.scan.targetUrl), {
      ...options,
      policy: networkPolicy(),
      signal: pulse.signal,
      onStep: async (step, progress) => {
        if (pulse.signal.aborted || !(await saveStep(claim, step, progress))) throw new LostError();
      },
    });
    const seen = { findings: examine(sight), visits: visitsOf(sight) };
    return (await finishRun(claim, seen)) ? 'finished' : await lost(claim);
  } catch (error) {
    if (signal.aborted) return await returned(claim);
    if (pulse.signal.aborted || error instanceof LostError) return await lost(claim);
    if (!(error instanceof TargetError)) throw error;
    return (await failRun(claim, error.message)) ? 'failed' : await lost(claim);
  } finally {
    signal.removeEventListener('abort', end);
    pulse.stop();
  }
}

async function returned(claim: Claim): Promise<WorkEnd> {
  await giveBack(claim);
  return 'given_back';
}

async function lost(claim: Claim): Promise<WorkEnd> {
  await letGo(claim);
  return 'lost';
}

/** A heartbeat that aborts its signal when the run is lost, or when the database has not heard of it for too long. */
function startPulse(claim: Claim, heartbeatMs: number, staleMs: number) {
  const controller = new AbortController();
  let heardAt = performance.now();
  let beating = false;
  const once = async () => {
    const sentAt = performance.now();
    try {
      if (await beat(claim)) heardAt = sentAt;
      else controller.abort();
    } catch {
      // The next beat tries again, until too much time has passed.
    }
    beating = false;
  };
  const timer = setInterval(() => {
    // Another worker may take the run up when this one has been silent for staleMs. Half of it is left to end in, also
    // when the database does not refuse but never answers.
    if (performance.now() - heardAt > staleMs / 2) controller.abort();
    if (beating) return;
    beating = true;
    void once();
  }, heartbeatMs);
  return {
    signal: controller.signal,
    lose: () => controller.abort(),
    stop: () => clearInterval(timer),
  };
}

/** Each request in its order, as the report keeps it. */
function visitsOf({ answers, refusal, plain, target }: Sight): Report['visits'] {
  const answered = ({ url, status }: Answer) => ({ url: shownAddress(url), outcome: `answered ${status}` });
  const visits = answers.map(answered);
  if (refusal) visits.push({ url: shownAddress(refusal.url), outcome: `not connected (${refusal.code})` });
  if (plain === 'closed') visits.push({ url: `http://${target.hostname}/`, outcome: 'no answer' });
  else if (plain) visits.push(answered(plain));
  return visits;
}
