import type { Cause, CauseId } from '@/lib/siem/splunk/cause';
import type { HecReply } from '@/lib/siem/splunk/reply';

/** The stages that one attempt passes through, in this order. */
const stepNames = ['Address', 'TLS', 'Collector', 'Token', 'Index'] as const;

export type StepName = (typeof stepNames)[number];

export type TestStep = {
  readonly name: StepName;
  readonly status: 'ok' | 'failed' | 'skipped';
  readonly detail: string;
};

type Tested = {
  readonly eventUrl: string;
  readonly index: string | undefined;
  readonly cause: Cause;
  readonly delivered: boolean;
  readonly reply: HecReply;
  /** What went wrong, in one sentence. */
  readonly message: string;
  readonly now: Date;
};

/**
 * How far one attempt came. Nothing is probed for it: an answer of HEC proves the connection below it, and a refused
 * index proves the token.
 */
export function testSteps(tested: Tested): TestStep[] {
  const failed = tested.delivered ? stepNames.length : stepNames.indexOf(failedStep(tested.cause.id));
  return stepNames.map((name, at) => {
    if (at > failed) return { name, status: 'skipped', detail: 'not reached' };
    if (at === failed) return { name, status: 'failed', detail: refusal(tested) };
    if (name === 'TLS' && tested.eventUrl.startsWith('http:')) {
      return { name, status: 'skipped', detail: 'plain HTTP, not encrypted' };
    }
    return { name, status: 'ok', detail: success[name](tested) };
  });
}

/** Trouble before anything at the address spoke. */
const unreached: ReadonlySet<CauseId> = new Set([
  'address_refused',
  'port_refused',
  'dns_not_found',
  'dns_failed',
  'connection_refused',
  'unreachable',
  'network_error',
]);

function failedStep(id: CauseId): StepName {
  if (unreached.has(id)) return 'Address';
  if (id.startsWith('tls_')) return 'TLS';
  if (id.startsWith('token_') || id.startsWith('channel_')) return 'Token';
  // Splunk judges the token before it looks at an event, and an event's content where it looks at its index.
  return id === 'index_not_allowed' || id === 'event_refused' || id === 'no_data' ? 'Index' : 'Collector';
}

function refusal({ cause, message }: Tested): string {
  if (cause.hecCode === undefined || !cause.hecText) return message;
  return `refused: code ${cause.hecCode}, ${cause.hecText}`;
}

const dayMs = 86_400_000;

const success: Readonly<Record<StepName, (tested: Tested) => string>> = {
  Address: ({ eventUrl }) => `${new URL(eventUrl).host} answers`,
  TLS: ({ reply: { certificate }, now }) => {
    if (!certificate) return 'trusted';
    const days = Math.floor((certificate.validTo.getTime() - now.getTime()) / dayMs);
    return `trusted, ${days} ${days === 1 ? 'day' : 'days'} left`;
  },
  Collector: ({ cause }) =>
    cause.id === 'compatible_receiver' ? 'takes events, but is not Splunk' : 'answers as Splunk HEC',
  Token: () => 'accepted',
  Index: ({ index }) =>
    index === undefined ? "the token's default index took it" : `${index} took the event`,
};
