import { requestIdHeader } from '@/lib/auth/request-headers';

/** Calls of one key within a window of as many seconds. */
export const callsPerWindow = 600;
export const windowSeconds = 60;

/** What every answer below /api/v1 carries, whatever it is: nobody keeps it, and its request can be named. */
export function answerHeaders(requestId: string): Headers {
  return new Headers({
    'cache-control': 'no-store',
    [requestIdHeader]: requestId,
    'ratelimit-policy': `"key";q=${callsPerWindow};w=${windowSeconds}`,
  });
}
