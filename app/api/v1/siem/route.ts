import { defineEndpoint } from '@/lib/api/define-endpoint';
import { defineRoute } from '@/lib/api/define-route';
import { getSiemStatusSpec } from '@/lib/api/endpoints/siem';
import { type IntegrationStatus, listIntegrations } from '@/lib/siem/status';

const get = defineEndpoint(getSiemStatusSpec, async ({ organizationId }) => ({
  data: (await listIntegrations(organizationId)).map(describe),
}));

function describe(status: IntegrationStatus) {
  const { lastDelivered, lastError, latency } = status;
  return {
    id: status.id,
    name: status.name,
    state: status.state,
    state_since: status.stateSince,
    paused_by: status.pausedBy,
    waiting: status.waiting,
    oldest_waiting_at: status.oldestWaitingAt,
    delivered: status.deliveredTotal,
    delivered_last_24_hours: status.deliveredToday,
    parked: status.parked,
    unaccounted: status.unaccounted && {
      kind: status.unaccounted.kind,
      first_seq: status.unaccounted.firstSeq,
      last_seq: status.unaccounted.lastSeq,
      events: status.unaccounted.events,
      found_at: status.unaccounted.foundAt,
    },
    latency_ms: latency && { p50: latency.p50Ms, p95: latency.p95Ms },
    last_delivered: lastDelivered && {
      id: lastDelivered.id,
      seq: lastDelivered.seq,
      action: lastDelivered.action,
      occurred_at: lastDelivered.occurredAt,
      delivered_at: lastDelivered.deliveredAt,
    },
    last_error: lastError && {
      // Neither the address nor what the other side said: a key may be an auditor's.
      cause: lastError.cause,
      message: lastError.discreet.message,
      hint: lastError.discreet.hint,
      standing: lastError.standing,
      at: lastError.at,
      since: lastError.since,
      http_status: lastError.httpStatus,
      hec_code: lastError.hecCode,
      attempts: lastError.attempts,
      next_attempt_at: lastError.nextAttemptAt,
    },
  };
}

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoute({ GET: get });
