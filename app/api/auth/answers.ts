import 'server-only';
import { uuidV7 } from '@/lib/audit/uuid-v7';
import { type RequestContext, requestContext } from '@/lib/auth/request-context';
import { env } from '@/lib/env';
import { log } from '@/lib/log';

/** proxy.ts does not run here: the request's own id would be whatever the client sent under its name. */
export async function ownContext(): Promise<RequestContext> {
  return { ...(await requestContext()), requestId: uuidV7(new Date()) };
}

/** To a page of ours, or to the address of an identity provider. */
export function redirectTo(target: string): Response {
  const location = target.startsWith('/') ? env().PUBLIC_URL + target : target;
  return new Response(null, { status: 302, headers: { location, 'cache-control': 'no-store' } });
}

/** A fault of ours: a line in the log, and its number for the person. */
export function fault(error: unknown, { requestId }: RequestContext): Response {
  log.error({ err: error, request_id: requestId }, 'signing in failed');
  const words = `This did not work because of a fault in Tracekeep. Request ${requestId}.`;
  return Response.json({ error: words }, { status: 500 });
}
