import { type Answer, hecAnswer } from '@/splunk/simulator/answer';
import { bodyVariant, plainAnswer } from '@/splunk/simulator/faults/body-variant';
import type { Effect } from '@/splunk/simulator/faults/effect';
import { matchesEvent } from '@/splunk/simulator/faults/event-matcher';
import type { FaultOf } from '@/splunk/simulator/faults/fault';
import type { ActiveFault } from '@/splunk/simulator/faults/plan';
import { scriptedEffect } from '@/splunk/simulator/faults/scripted-effect';
import { gatewayPage, signInPage, webPage } from '@/splunk/simulator/faults/web-page';

type Context = { readonly seed: number; readonly now: number };

/** What a fault does to the request it strikes. */
export function effectOf({ fault, scope }: ActiveFault, { seed, now }: Context): Effect {
  switch (fault.kind) {
    case 'busy': {
      const headers = retryAfter(fault, now);
      const { storeFirst } = fault;
      if (storeFirst === undefined) return { interference: { refusal: hecAnswer(9, { headers }) } };
      const failAt = (position: number) => (position === storeFirst ? 9 : undefined);
      return { interference: { failAt }, answer: (honest) => busyAfter(honest, storeFirst, headers) };
    }
    case 'capacity':
      return { interference: { refusal: hecAnswer(fault.code, { headers: retryAfter(fault, now) }) } };
    case 'warn':
      return { answer: (honest) => (honest?.code === 0 ? reworded(honest, fault.code) : honest) };
    case 'internal':
      return fault.store ? { answer: () => hecAnswer(8) } : { interference: { refusal: hecAnswer(8) } };
    case 'notFound':
      return { events: 'discarded', answer: () => hecAnswer(404) };
    case 'tokenFlap':
      return { interference: { tokenUnknown: true } };
    case 'refuse':
      return { events: 'discarded', answer: () => refusalOf(fault) };
    case 'partial': {
      const events = scope.where?.events ?? {};
      const { position, code } = fault;
      const fails = (at: number, object: Uint8Array) =>
        position === undefined ? matchesEvent(object, events, seed) : at === position;
      return { interference: { failAt: (at, object) => (fails(at, object) ? code : undefined) } };
    }
    case 'limit': {
      const { kind: _, ...limits } = fault;
      return { interference: { limits } };
    }
    case 'gateway':
      return { events: 'discarded', answer: () => gatewayPage(fault.status, retryAfter(fault, now)) };
    case 'html200':
      return { events: 'discarded', answer: signInPage };
    case 'redirect': {
      const page = webPage(fault.status, 'Moved', { headers: { Location: fault.location } });
      return { events: 'discarded', answer: () => page };
    }
    case 'proxyAuth': {
      const headers = { 'Proxy-Authenticate': 'Basic realm="proxy"' };
      return {
        events: 'discarded',
        answer: () => webPage(407, 'Proxy Authentication Required', { headers }),
      };
    }
    case 'bodyVariant': {
      const { status, variant } = fault;
      if (status === undefined) return { answer: (honest) => honest && bodyVariant(honest, variant) };
      return { events: 'discarded', answer: () => bodyVariant(plainAnswer(status), variant) };
    }
    case 'answer':
      return scriptedEffect(fault);
    case 'slowHeaders':
      return { delayMs: fault.ms };
    case 'slowBody':
      return { wire: { as: 'slow', everyMs: fault.everyMs } };
    case 'hang':
      return { events: 'discarded', delayMs: Number.POSITIVE_INFINITY };
    case 'hangAfterStore':
      return { delayMs: Number.POSITIVE_INFINITY };
    case 'resetBeforeRead':
      return { reset: 'beforeRead' };
    case 'resetMidRequest':
      return { reset: 'midRequest' };
    case 'resetAfterStore':
      return { reset: 'afterRead' };
    case 'resetMidResponse':
      return { ...orAnswer(fault.store), wire: { as: 'cut', by: 'reset' } };
    case 'truncateResponse':
      return { ...orAnswer(fault.store), wire: { as: 'cut', by: 'end' } };
    case 'garbage':
      return { ...orAnswer(fault.store), wire: { as: 'garbage' } };
    case 'closeIdle':
      return { wire: { as: 'closed when idle', afterMs: fault.afterMs } };
    case 'tls':
    case 'dns':
      // They strike before there is a request.
      return {};
  }
}

/** A success, honest or pretended. */
function orAnswer(store: boolean): Effect {
  return store ? {} : { events: 'discarded', answer: () => hecAnswer(0) };
}

function refusalOf({ code, invalidEventNumber }: FaultOf<'refuse'>): Answer {
  const answer = hecAnswer(code);
  if (invalidEventNumber === undefined) return answer;
  const body = { ...JSON.parse(answer.body), 'invalid-event-number': invalidEventNumber };
  return { ...answer, body: JSON.stringify(body) };
}

/** Splunk was busy also where the body ended before the number at which it was to break off. */
function busyAfter(honest: Answer | undefined, taken: number, headers: Record<string, string>): Answer {
  const wasTaken = honest?.code === 0 || honest?.code === 9;
  if (honest && !wasTaken) return honest;
  return hecAnswer(9, { headers, invalidEventNumber: taken });
}

/** The same success with a warning. */
function reworded(honest: Answer, code: 24 | 25): Answer {
  const { text } = JSON.parse(hecAnswer(code).body);
  const body = JSON.stringify({ ...JSON.parse(honest.body), text, code });
  return { ...honest, body, code };
}

function retryAfter(
  {
    retryAfter,
    retryAfterAs,
  }: { retryAfter?: number | string | undefined; retryAfterAs: 'seconds' | 'date' },
  now: number,
): Record<string, string> {
  if (retryAfter === undefined) return {};
  const asDate = retryAfterAs === 'date' && typeof retryAfter === 'number';
  return { 'Retry-After': asDate ? new Date(now + retryAfter * 1000).toUTCString() : String(retryAfter) };
}
