import { NextRequest } from 'next/server';
import { uuidV7 } from '@/lib/audit/uuid-v7';
import { readFormBody } from '@/lib/auth/form-body';
import { runNextAuth } from '@/lib/auth/next-auth';
import { passwordFlow, passwordProvider } from '@/lib/auth/password-flow';
import { requestContext } from '@/lib/auth/request-context';
import { isSameOrigin } from '@/lib/auth/same-origin';
import { readSessionToken } from '@/lib/auth/session-token';
import { log } from '@/lib/log';

type Route = { params: Promise<{ nextauth: string[] }> };

/**
 * What of next-auth is reachable. Its sign-out and its session endpoint are not: they know nothing of our session rows.
 */
const gets = ['csrf', 'providers', 'signin', 'error'];
const posts = [`callback/${passwordProvider}`];

export async function GET(request: NextRequest, route: Route): Promise<Response> {
  const { nextauth } = await route.params;
  if (!gets.includes(nextauth.join('/'))) return problem(404, 'There is nothing here.');
  return handle(request, nextauth);
}

/** Checks what next-auth does not: where the request comes from, how long it is, that each field is one text. */
export async function POST(request: NextRequest, route: Route): Promise<Response> {
  const { nextauth } = await route.params;
  if (!posts.includes(nextauth.join('/'))) return problem(404, 'There is nothing here.');
  if (!isSameOrigin(request.headers))
    return problem(403, 'This request did not come from a page of Tracekeep.');
  const form = await readFormBody(request);
  if (!form.ok) return problem(form.status, form.message);
  const body = { method: 'POST', headers: request.headers, body: form.fields };
  body.headers.delete('content-length');
  return handle(new NextRequest(request.nextUrl, body), nextauth);
}

async function handle(request: NextRequest, nextauth: string[]): Promise<Response> {
  // proxy.ts does not run here: the request's own id would be whatever the client sent under its name.
  const context = { ...(await requestContext()), requestId: uuidV7(new Date()) };
  const flow = passwordFlow({ request: context, previousToken: await readSessionToken() });
  try {
    return await runNextAuth(flow, request, nextauth);
  } catch (error) {
    log.error({ err: error, request_id: context.requestId }, 'next-auth failed');
    return problem(500, `This did not work because of a fault in Tracekeep. Request ${context.requestId}.`);
  }
}

function problem(status: number, error: string): Response {
  return Response.json({ error }, { status });
}
