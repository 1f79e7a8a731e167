import type { Cause, CauseId } from '@/lib/siem/splunk/cause';
import { type HecAnswer, isHtml, isSplunkd } from '@/lib/siem/splunk/hec-answer';
import { gzipThresholdBytes, maxEventBytes } from '@/lib/siem/splunk/limits';
import type { Outcome, SentBatch } from '@/lib/siem/splunk/outcome';
import type { HecResponse } from '@/lib/siem/splunk/reply';

/** An indexer in a rolling restart answers 404, and one behind a balancer may learn of a token late (hec.md §2.3). */
const rollingRestartMs = 10 * 60_000;
/** Two or three attempts, for answers that nobody has documented. */
const briefMs = 60_000;
const retriesFirst = 2;

/**
 * What a 4xx (or 501) means. HEC's code is more exact than the HTTP status and goes first; without HEC's JSON the status
 * speaks for whatever stands in front of Splunk.
 */
export function refusalOutcome(
  response: HecResponse,
  hec: HecAnswer | undefined,
  batch: SentBatch,
  causeOf: (id: CauseId) => Cause,
): Outcome {
  const config = (id: CauseId, graceMs = 0, accepted = 0): Outcome => ({
    cause: causeOf(id),
    kind: 'config',
    accepted,
    graceMs,
  });
  switch (hec?.code) {
    case 1:
    case 22:
      return config('token_disabled', rollingRestartMs);
    case 2:
      return config('token_missing');
    case 3:
      return config('token_malformed');
    case 4:
    case 21:
      return config('token_unknown', rollingRestartMs);
    case 5:
      return isolate(causeOf('no_data'), batch);
    case 6:
    case 12:
    case 13:
    case 15:
      return eventOutcome(hec, batch, causeOf);
    case 7:
      return config('index_not_allowed', 0, acceptedBeforeIndex(hec.invalidEventNumber, batch));
    case 10:
    case 28:
      return config('channel_missing');
    case 11:
      return config('channel_malformed');
    case 14:
      return config('acknowledgement_off');
    case 16:
      return config('query_token_off');
  }
  switch (response.status) {
    case 400:
      return unexplained(response, batch, causeOf);
    case 401:
    case 403:
      return hec ? config('request_refused', briefMs) : config('blocked_by_proxy');
    case 404:
    case 405:
      return config('not_found', rollingRestartMs);
    case 407:
      return config('proxy_authentication');
    case 411:
    case 431:
      return config('request_refused');
    case 413:
      return { cause: causeOf('too_large'), kind: 'size' };
    case 415:
      return encodingRefused(batch, causeOf);
    case 501:
      return config('not_implemented');
    default:
      return config('request_refused', briefMs);
  }
}

/** Codes 6, 12, 13 and 15 name the refused event by its position; everything before it is in (hec.md §2.2). */
function eventOutcome(hec: HecAnswer, batch: SentBatch, causeOf: (id: CauseId) => Cause): Outcome {
  const position = hec.invalidEventNumber;
  if (hec.code === 6 && position === 0 && batch.bytes > maxEventBytes) {
    return { cause: causeOf('too_large'), kind: 'size' };
  }
  const cause = causeOf('event_refused');
  if (position === undefined || position < 0 || position >= batch.events) return isolate(cause, batch);
  return { cause, kind: 'event', accepted: position, position };
}

/** One event is bad, but not which. Of a batch of one it is known. */
function isolate(cause: Cause, batch: SentBatch): Outcome {
  return batch.events > 1
    ? { cause, kind: 'bisect', patience: 0 }
    : { cause, kind: 'event', accepted: 0, position: 0 };
}

/** Code 7 names the position plus one. A number that cannot be means that nothing is known to be in. */
function acceptedBeforeIndex(number: number | undefined, batch: SentBatch): number {
  return number !== undefined && number >= 1 && number <= batch.events ? number - 1 : 0;
}

/**
 * A 400 that HEC did not explain. From Splunk itself it is a gzip stream that it could not read. From anything else it may
 * be about one event, so after two more attempts the batch is taken apart; an event that stands alone is kept, because
 * nothing says that it is bad.
 */
function unexplained(response: HecResponse, batch: SentBatch, causeOf: (id: CauseId) => Cause): Outcome {
  const html = isHtml(response);
  if (html && isSplunkd(response)) return encodingRefused(batch, causeOf);
  const cause = causeOf(html ? 'html' : 'request_refused');
  return batch.events > 1
    ? { cause, kind: 'bisect', patience: retriesFirst }
    : { cause, kind: 'config', accepted: 0, graceMs: briefMs };
}

/** Only a body that was large enough to be compressed can have been refused for it. */
function encodingRefused(batch: SentBatch, causeOf: (id: CauseId) => Cause): Outcome {
  const config = { cause: causeOf('encoding_refused'), kind: 'config', accepted: 0, graceMs: 0 } as const;
  return batch.bytes > gzipThresholdBytes ? { ...config, disableGzip: true } : config;
}
