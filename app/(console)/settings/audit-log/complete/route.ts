import { complete } from '@/lib/audit/query/complete';
import { unlessTooSlow } from '@/lib/audit/query/unless-too-slow';
import { actorOrResponse } from '@/lib/auth/actor';
import { takeAttempt } from '@/lib/auth/rate-limit';

/** Longer than any query that a person types. */
const longest = 2_000;

/** One word for each rest of somebody who types fast, and all day long no more than a table full of people types. */
const attempts = { limit: 240, windowSeconds: 60 };

/** What may follow in the query field, given what stands before the caret. */
export async function GET(request: Request): Promise<Response> {
  const actor = await actorOrResponse('audit_log.read');
  if (actor instanceof Response) return actor;
  const typed = new URL(request.url).searchParams.get('typed') ?? '';
  if (typed.length > longest || typed.includes('\0'))
    return Response.json({ error: 'This is too long to be completed.' }, { status: 400 });
  if (!(await takeAttempt(`audit-complete/${actor.user.id}`, attempts)).allowed)
    return Response.json({ error: 'Too much was completed within a minute.' }, { status: 429 });
  const found = await unlessTooSlow(complete(actor.organization.id, typed));
  return Response.json(found ?? { start: typed.length, options: [] }, {
    headers: { 'Cache-Control': 'private, no-store' },
  });
}
