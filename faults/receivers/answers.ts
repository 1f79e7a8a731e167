import type { FaultInput } from '@/splunk/simulator/faults/fault';

/** A receiver that answers wrongly a few times, or not at all. */
export type WrongAnswer = {
  readonly fault: string;
  readonly inject: FaultInput;
  readonly times: number;
  /** The sender cannot know whether the batch is in, and in fact it is. */
  readonly ambiguous?: boolean;
  /** Strikes a batch of several events: what is refused without saying which is parked when it stands alone. */
  readonly several?: boolean;
  /** Nothing is sent then but a probe every five minutes, or as late as Splunk asked for. */
  readonly pauses?: 'blocked' | 'waiting';
};

const blocking = { times: 2, pauses: 'blocked' } as const;

export const answers: readonly WrongAnswer[] = [
  { fault: '503 without Retry-After', inject: { kind: 'busy' }, times: 2 },
  { fault: '503 with Retry-After in seconds', inject: { kind: 'busy', retryAfter: 1 }, times: 2 },
  {
    fault: '503 with Retry-After as a date',
    inject: { kind: 'busy', retryAfter: 2, retryAfterAs: 'date' },
    times: 2,
  },
  {
    fault: '503 with a Retry-After of three years',
    inject: { kind: 'busy', retryAfter: 99_999_999 },
    times: 2,
    pauses: 'waiting',
  },
  { fault: '503 with a Retry-After that is none', inject: { kind: 'busy', retryAfter: 'soon' }, times: 2 },
  { fault: '503 with a Retry-After in the past', inject: { kind: 'busy', retryAfter: '-5' }, times: 2 },
  {
    fault: '503 after a part of the batch was taken',
    inject: { kind: 'busy', storeFirst: 1 },
    times: 2,
    ambiguous: true,
  },
  { fault: '429 with Retry-After in seconds', inject: { kind: 'capacity', retryAfter: 1 }, times: 2 },
  { fault: '429 for too many acknowledgements', inject: { kind: 'capacity', code: 27 }, times: 2 },
  { fault: '200 with a capacity warning', inject: { kind: 'warn' }, times: 2 },
  { fault: '500', inject: { kind: 'internal' }, times: 2 },
  { fault: '500 although stored', inject: { kind: 'internal', store: true }, times: 2, ambiguous: true },
  { fault: '502 from a gateway', inject: { kind: 'gateway', status: 502 }, times: 2 },
  { fault: '503 from a gateway', inject: { kind: 'gateway', status: 503, retryAfter: 1 }, times: 2 },
  { fault: '504 from a gateway', inject: { kind: 'gateway', status: 504 }, times: 2 },
  { fault: '200 with HTML', inject: { kind: 'html200' }, ...blocking },
  { fault: '200 with an empty body', inject: { kind: 'bodyVariant', variant: 'empty' }, times: 2 },
  {
    fault: '200 with 400 kB of something',
    inject: { kind: 'bodyVariant', variant: 'huge', status: 200 },
    ...blocking,
  },
  { fault: '407 from a proxy', inject: { kind: 'proxyAuth' }, ...blocking },
  { fault: '404', inject: { kind: 'notFound' }, times: 2 },
  ...([301, 302, 303, 307, 308] as const).map((status) => ({
    fault: `${status} to a metadata service`,
    inject: { kind: 'redirect', status, location: 'http://169.254.169.254/' } as const,
    ...blocking,
  })),
  {
    fault: '400 that names an absurd event',
    inject: { kind: 'refuse', code: 5, invalidEventNumber: 7_000 },
    times: 1,
    several: true,
  },
  { fault: 'no answer', inject: { kind: 'hang' }, times: 1 },
  { fault: 'no answer although stored', inject: { kind: 'hangAfterStore' }, times: 1, ambiguous: true },
  { fault: 'late headers', inject: { kind: 'slowHeaders', ms: 3_000 }, times: 2 },
  { fault: 'an answer that drips', inject: { kind: 'slowBody', everyMs: 100 }, times: 2 },
  { fault: 'reset before reading', inject: { kind: 'resetBeforeRead' }, times: 2 },
  { fault: 'reset while reading', inject: { kind: 'resetMidRequest' }, times: 2 },
  { fault: 'reset after storing', inject: { kind: 'resetAfterStore' }, times: 2, ambiguous: true },
  { fault: 'reset within the answer', inject: { kind: 'resetMidResponse' }, times: 2, ambiguous: true },
  { fault: 'truncated answer', inject: { kind: 'truncateResponse' }, times: 2, ambiguous: true },
  // Blocks after a minute of it, which is not long on a busy machine.
  { fault: 'garbage instead of HTTP', inject: { kind: 'garbage' }, times: 2, pauses: 'waiting' },
  {
    fault: 'garbage although stored',
    inject: { kind: 'garbage', store: true },
    times: 2,
    ambiguous: true,
    pauses: 'waiting',
  },
  { fault: 'idle connections closed', inject: { kind: 'closeIdle' }, times: 4 },
];
