import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import type { Tx } from '@/lib/audit/transaction';
import { log } from '@/lib/log';
import type { Attempt } from '@/lib/siem/delivery/attempt';
import type { Problem } from '@/lib/siem/delivery/problem';
import type { Settlement } from '@/lib/siem/delivery/settlement';
import { integrationTarget } from '@/lib/siem/integrations/lock';

/** A stream that changed its state by itself: not by an admin's pause or resume. */
export type StateChange = {
  readonly organizationId: string;
  readonly integrationId: string;
  readonly integrationName: string;
  readonly from: Attempt['state'];
  readonly to: Attempt['state'];
  readonly at: Date;
  /** When the state that ended had begun. */
  readonly fromSince: Date;
  /** Why, unless it is well again. */
  readonly problem: Problem | undefined;
};

type Listener = (change: StateChange) => void;

// Next bundles routes and instrumentation separately; the listeners of both must meet in one place.
const key = Symbol.for('tracekeep.siem-state-change');
const registry = globalThis as typeof globalThis & { [key]?: Set<Listener> };

/**
 * Calls `listener` after each change of a stream's state, once per change and in the process that noticed it, when it is
 * committed. Not for what must survive a crash between the commit and the call: that has to look at `siem_stream.state`
 * and `state_since`. A listener must not throw. Returns a function that stops it.
 */
export function onStateChange(listener: Listener): () => void {
  registry[key] ??= new Set();
  const listeners = registry[key];
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells the log and the listeners. */
export function announceStateChange(change: StateChange): void {
  const { from, to, problem, organizationId, integrationId } = change;
  const entry = { organizationId, integrationId, from, to, ...(problem && { cause: problem }) };
  if (to === 'healthy') log.info(entry, 'delivery to Splunk is well again');
  else log.warn(entry, `delivery to Splunk is ${to}`);
  for (const listener of registry[key] ?? []) listener(change);
}

/** Whether the change is one that the audit log tells: that nothing is sent any more, or that it is sent again. */
export function isRecorded(attempt: Attempt, { state }: Settlement): boolean {
  return (attempt.state === 'blocked') !== (state === 'blocked');
}

/**
 * Records that the stream was blocked or has recovered, by the system itself, in the transaction of the change. The event
 * waits behind the cursor like every other: being blocked makes one event, not one for each probe.
 */
export function recordStateChange(tx: Tx, attempt: Attempt, settlement: Settlement): void {
  const { organizationId: id, organizationSlug: slug, organizationName: name, head } = attempt;
  const source: AuditSource = {
    organization: { id, slug, name },
    actor: { type: 'system' },
    context: { origin: 'system' },
  };
  const targets = integrationTarget({ id: attempt.integrationId, name: attempt.integrationName });
  const waiting = (head - settlement.cursor).toString();
  if (settlement.state === 'blocked') {
    const { id: cause = 'unknown', httpStatus, hecCode } = settlement.problem ?? {};
    recordAudit(tx, {
      ...source,
      action: 'siem.integration.blocked',
      targets,
      metadata: {
        cause,
        ...(httpStatus !== undefined && { http_status: httpStatus }),
        ...(hecCode !== undefined && { hec_code: hecCode }),
        waiting,
      },
    });
  } else {
    recordAudit(tx, {
      ...source,
      action: 'siem.integration.recovered',
      targets,
      metadata: { blocked_since: attempt.stateSince.toISOString(), waiting },
    });
  }
}
