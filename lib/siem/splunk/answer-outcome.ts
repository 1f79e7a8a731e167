import { printable } from '@/lib/net/printable';
import type { Cause, CauseId } from '@/lib/siem/splunk/cause';
import { type HecAnswer, hecAnswerOf, isHtml, isJson, knownServerOf } from '@/lib/siem/splunk/hec-answer';
import type { Outcome, SentBatch } from '@/lib/siem/splunk/outcome';
import { refusalOutcome } from '@/lib/siem/splunk/refusal-outcome';
import type { HecResponse } from '@/lib/siem/splunk/reply';
import { retryAfterMs } from '@/lib/siem/splunk/retry-after';

/** What an HTTP answer means for the batch that it answers. */
export function answerOutcome(response: HecResponse, batch: SentBatch, nowMs: number): Outcome {
  const { status } = response;
  const hec = response.bodyTruncated ? undefined : hecAnswerOf(response.body);
  const causeOf = (id: CauseId): Cause => {
    const detail = detailOf(id, response);
    return {
      id,
      httpStatus: status,
      ...(hec && { hecCode: hec.code, hecText: printable(hec.text) }),
      ...(detail && { detail: printable(detail) }),
    };
  };
  if (status >= 300 && status < 400) {
    return { cause: causeOf('redirect'), kind: 'config', accepted: 0, graceMs: 0 };
  }
  // Where the body decides, an answer that breaks off says nothing: the batch may be in, or may not.
  const bodyDecides = status < 300 || status === 400 || status === 401 || status === 403;
  if (response.bodyTruncated === 'cut' && bodyDecides && !isHtml(response)) {
    return { cause: causeOf('response_truncated'), ...mayPass, ambiguous: true, halveBatch: true };
  }
  if (status < 300) return successOutcome(response, hec, causeOf);
  const later = laterCause(response, hec);
  if (later === undefined) return refusalOutcome(response, hec, batch, causeOf);
  const retryAfter = retryAfterMs(response.retryAfter, nowMs);
  return {
    cause: causeOf(later),
    ...mayPass,
    ...(retryAfter !== undefined && { retryAfterMs: retryAfter }),
    renewConnection: status !== 408 && status !== 500,
    renewChannel: hec?.code === 27,
    // A number in the answer of a busy Splunk means that a part of the batch may be in (hec.md §2.2).
    ambiguous: later !== 'busy' || (hec?.invalidEventNumber ?? 0) > 0,
  };
}

const mayPass = {
  kind: 'transient',
  renewConnection: true,
  halveBatch: false,
  renewChannel: false,
  immediately: false,
} as const;

/** HEC's capacity warnings: the events are in, and the next ones should come slower. */
const capacityWarnings: ReadonlySet<number> = new Set([24, 25]);
/** What receivers other than Splunk say when they have taken the events. */
const plainOk = /^\s*(?:"?ok"?)?\s*$/i;

function successOutcome(
  response: HecResponse,
  hec: HecAnswer | undefined,
  causeOf: (id: CauseId) => Cause,
): Outcome {
  const delivered = (id: CauseId, slowDown = false): Outcome => ({
    cause: causeOf(id),
    kind: 'delivered',
    slowDown,
  });
  if (hec?.code === 0) return delivered(hec.acknowledged ? 'acknowledgement_on' : 'ok');
  if (hec && capacityWarnings.has(hec.code)) return delivered('capacity_warning', true);
  if (isHtml(response)) return { cause: causeOf('html'), kind: 'config', accepted: 0, graceMs: 0 };
  if (!hec && !response.bodyTruncated && saysYes(response)) return delivered('compatible_receiver');
  return { cause: causeOf('not_hec'), kind: 'config', accepted: 0, graceMs: 0 };
}

/** Another 2xx than 200 is never Splunk's; a product that gives one may use JSON of its own. */
function saysYes({ status, body }: HecResponse): boolean {
  return plainOk.test(body) || (status !== 200 && isJson(body));
}

const laterByCode: Readonly<Record<number, CauseId>> = {
  8: 'internal_error',
  9: 'busy',
  18: 'busy',
  19: 'busy',
  20: 'busy',
  23: 'restarting',
  26: 'busy',
  27: 'busy',
};

/** The cause of an answer that means "not now"; undefined when it means "not like this". */
function laterCause(response: HecResponse, hec: HecAnswer | undefined): CauseId | undefined {
  const { status } = response;
  const byCode = hec && laterByCode[hec.code];
  if (byCode) return byCode;
  if (status === 408) return 'request_timeout';
  if (status === 429) return 'busy';
  if (status < 500 || status === 501) return undefined;
  if (status === 503) return hec ? 'busy' : 'restarting';
  // 520 to 530 are Cloudflare's for a server that it cannot reach.
  if (status === 502 || status === 504 || (status >= 520 && status <= 530)) return 'restarting';
  return isHtml(response) ? 'html' : 'internal_error';
}

function detailOf(id: CauseId, response: HecResponse): string | undefined {
  if (id === 'html' || id === 'blocked_by_proxy') return knownServerOf(response);
  if (id !== 'redirect' || response.location === undefined) return undefined;
  return URL.canParse(response.location) ? new URL(response.location).host : undefined;
}
