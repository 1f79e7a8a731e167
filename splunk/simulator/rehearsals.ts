import type { Injection } from '@/splunk/simulator/faults/scope';

/** A trouble to rehearse, by a button of the page or `--preset`. */
type Rehearsal = {
  readonly label: string;
  /** What the sender gets to see. */
  readonly says: string;
  readonly faults: readonly Injection[];
};

/** Whatever lies between leaves `/health` no better off. */
const everywhere = { where: { path: 'any' } } as const;

export const rehearsals = {
  busy: {
    label: 'Busy',
    says: '503, code 9, try again in 5 s',
    faults: [{ fault: { kind: 'busy', retryAfter: 5 } }],
  },
  slow: {
    label: 'Slow',
    says: 'every answer takes 3 s',
    faults: [{ fault: { kind: 'slowHeaders', ms: 3000 } }],
  },
  restart: { label: 'Restarting', says: '503, code 23', faults: [{ fault: { kind: 'refuse', code: 23 } }] },
  outage: {
    label: 'Outage',
    says: 'every connection is reset',
    faults: [{ fault: { kind: 'resetBeforeRead' }, ...everywhere }],
  },
  silence: {
    label: 'Silence',
    says: 'takes the request, never answers',
    faults: [{ fault: { kind: 'hang' }, ...everywhere }],
  },
  gateway: {
    label: 'Bad gateway',
    says: '502, a page of the balancer',
    faults: [{ fault: { kind: 'gateway' }, ...everywhere }],
  },

  'unknown-token': {
    label: 'Unknown token',
    says: '403, code 4',
    faults: [{ fault: { kind: 'refuse', code: 4 } }],
  },
  'disabled-token': {
    label: 'Disabled token',
    says: '403, code 1',
    faults: [{ fault: { kind: 'refuse', code: 1 } }],
  },
  'token-flap': {
    label: 'Half the indexers',
    says: '403, code 4 on half of the connections',
    faults: [{ fault: { kind: 'tokenFlap' } }],
  },
  'wrong-index': {
    label: 'Wrong index',
    says: '400, code 7',
    faults: [{ fault: { kind: 'partial', code: 7, position: 0 } }],
  },
  poison: {
    label: 'Poison events',
    says: '400, code 6 for one event in ten, always the same ones',
    faults: [{ fault: { kind: 'partial', code: 6 }, where: { events: { share: 0.1 } } }],
  },
  'too-large': {
    label: 'Small limit',
    says: '413 above 10 kB',
    faults: [{ fault: { kind: 'limit', maxContentLengthBytes: 10_000 } }],
  },

  'reset-after-storing': {
    label: 'Stored, then reset',
    says: 'the events are in, the answer is not',
    faults: [{ fault: { kind: 'resetAfterStore' } }],
  },
  'silent-after-storing': {
    label: 'Stored, then silent',
    says: 'the events are in, no answer comes',
    faults: [{ fault: { kind: 'hangAfterStore' } }],
  },
  'denied-after-storing': {
    label: 'Stored and denied',
    says: 'the events are in, the answer is 500',
    faults: [{ fault: { kind: 'internal', store: true } }],
  },
  'cut-answer': {
    label: 'Answer cut short',
    says: 'the events are in, half of the answer arrives',
    faults: [{ fault: { kind: 'truncateResponse' } }],
  },
  'stored-nearly-full': {
    label: 'Nearly full',
    says: '200, code 24: taken, slow down',
    faults: [{ fault: { kind: 'warn' } }],
  },

  'sign-in-page': {
    label: 'Sign-in page',
    says: '200, HTML, nothing taken',
    faults: [{ fault: { kind: 'html200' } }],
  },
  redirect: { label: 'Redirect', says: '302 to a sign-in page', faults: [{ fault: { kind: 'redirect' } }] },
  proxy: { label: 'Proxy', says: '407, HTML', faults: [{ fault: { kind: 'proxyAuth' } }] },
  'another-protocol': {
    label: 'Not HTTP',
    says: 'bytes of another protocol',
    faults: [{ fault: { kind: 'garbage' } }],
  },

  'expired-certificate': {
    label: 'Expired certificate',
    says: 'it ended yesterday',
    faults: [{ fault: { kind: 'tls', variant: 'expired' } }],
  },
  'foreign-certificate': {
    label: 'Foreign certificate',
    says: 'for another host',
    faults: [{ fault: { kind: 'tls', variant: 'wrong-host' } }],
  },
  'default-certificate': {
    label: "Splunk's default",
    says: 'SplunkServerDefaultCert',
    faults: [{ fault: { kind: 'tls', variant: 'splunk-default' } }],
  },
  'no-tls': {
    label: 'No TLS',
    says: 'plain HTTP on the port',
    faults: [{ fault: { kind: 'tls', variant: 'plain-http' } }],
  },

  flaky: {
    label: 'Flaky',
    says: 'one request in four fails, each in its own way',
    faults: [
      { fault: { kind: 'busy', retryAfter: 1 }, probability: 0.06 },
      { fault: { kind: 'busy', storeFirst: 1 }, probability: 0.03 },
      { fault: { kind: 'gateway' }, probability: 0.05 },
      { fault: { kind: 'internal' }, probability: 0.03 },
      { fault: { kind: 'resetBeforeRead' }, probability: 0.04 },
      { fault: { kind: 'resetAfterStore' }, probability: 0.04 },
      { fault: { kind: 'truncateResponse' }, probability: 0.03 },
      { fault: { kind: 'hangAfterStore' }, probability: 0.01 },
      { fault: { kind: 'slowHeaders', ms: 1500 }, probability: 0.1 },
    ],
  },
} as const satisfies Record<string, Rehearsal>;

export type RehearsalName = keyof typeof rehearsals;

/** In the order of the page. The last group needs a port with TLS. */
export const rehearsalGroups = [
  { title: 'Overload and outage', names: ['busy', 'slow', 'restart', 'outage', 'silence', 'gateway'] },
  {
    title: 'Refused',
    names: ['unknown-token', 'disabled-token', 'token-flap', 'wrong-index', 'poison', 'too-large'],
  },
  {
    title: 'Taken, whatever it says',
    names: [
      'reset-after-storing',
      'silent-after-storing',
      'denied-after-storing',
      'cut-answer',
      'stored-nearly-full',
    ],
  },
  { title: 'Not Splunk', names: ['sign-in-page', 'redirect', 'proxy', 'another-protocol', 'flaky'] },
  {
    title: 'Certificate',
    names: ['expired-certificate', 'foreign-certificate', 'default-certificate', 'no-tls'],
    needsTls: true,
  },
] as const satisfies readonly { title: string; names: readonly RehearsalName[]; needsTls?: true }[];

export function isRehearsal(name: string): name is RehearsalName {
  return Object.hasOwn(rehearsals, name);
}

/** What the plan is told: the faults, under the name of their button, for so many requests if that is said. */
export function injectionsOf(name: RehearsalName, times?: number): readonly Injection[] {
  const { label, faults } = rehearsals[name];
  return faults.map((fault: Injection) => ({ label, ...fault, ...(times !== undefined && { times }) }));
}
