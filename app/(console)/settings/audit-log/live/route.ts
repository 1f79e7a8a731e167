import { readParams } from '@/lib/audit/filter/read-params';
import { parseAuditSearch } from '@/lib/audit/filter/search-params';
import { type NewEventsMessage, watchNewEvents } from '@/lib/audit-live/watch-new-events';
import { actorOrResponse } from '@/lib/auth/actor';
import { lookUpActor } from '@/lib/auth/look-up-actor';
import { can } from '@/lib/auth/permissions';
import { takeAttempt } from '@/lib/auth/rate-limit';
import { streamText } from '@/lib/stream-text';

/** An open page begins once, once more whenever it was hidden for a while, and in Live mode with each new row, twelve times a minute. */
const attempts = { limit: 120, windowSeconds: 60 };

/** Server-sent events: how many events are newer than the page, until its session ends. */
export async function GET(request: Request): Promise<Response> {
  const actor = await actorOrResponse('audit_log.read');
  if (actor instanceof Response) return actor;
  const { after, ...params } = readParams(new URL(request.url).searchParams);
  const { filter, notices } = parseAuditSearch(params, 'UTC');
  if (typeof after !== 'string' || !/^\d{1,18}$/.test(after) || notices.length > 0)
    return Response.json({ error: 'The address was not understood.' }, { status: 400 });
  if (!(await takeAttempt(`audit-live/${actor.user.id}`, attempts)).allowed)
    return Response.json({ error: 'Too many pages began to watch within a minute.' }, { status: 429 });

  const left = new AbortController();
  const messages = watchNewEvents({
    organizationId: actor.organization.id,
    personId: actor.user.id,
    filter,
    seq: BigInt(after),
    mayGoOn: async () => {
      // By the session: who confirms who they are meanwhile gets another token for it.
      const found = await lookUpActor({ sessionId: actor.sessionId });
      return found !== undefined && can(found.actor.user.role, 'audit_log.read');
    },
    signal: AbortSignal.any([request.signal, left.signal]),
  });
  return new Response(streamText(written(messages), left), {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      // Compressed, a message would wait for others.
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    },
  });
}

async function* written(
  messages: AsyncGenerator<NewEventsMessage | undefined, void>,
): AsyncGenerator<string, void> {
  for await (const message of messages) yield message ? `data: ${JSON.stringify(message)}\n\n` : ':\n\n';
}
