import { NextRequest } from 'next/server';
import { currentActor } from '@/lib/auth/actor';
import { readFormBody } from '@/lib/auth/form-body';
import { runNextAuth } from '@/lib/auth/next-auth';
import { comeBack } from '@/lib/auth/openid/come-back';
import { passwordFlow, passwordProvider } from '@/lib/auth/password-flow';
import { isSameOrigin } from '@/lib/auth/same-origin';
import { readSessionToken } from '@/lib/auth/session-token';
import { fault, ownContext, redirectTo } from '../answers';

type Route = { params: Promise<{ nextauth: string[] }> };

/**
 * What of next-auth is reachable. Its sign-out and its session endpoint are not: they know nothing of our session rows. Nor
 * is its way to an identity provider: that is /api/auth/start, which remembers what somebody goes there for.
 */
const gets = ['csrf', 'providers', 'signin', 'error'];
const posts = [`callback/${passwordProvider}`];

export async function GET(request: NextRequest, route: Route): Promise<Response> {
  const { nextauth } = await route.params;
  const [action, provider, ...more] = nextauth;
  if (action === 'callback' && provider && more.length === 0) return comeBackFrom(provider, request);
  if (!gets.includes(nextauth.join('/'))) return problem(404, 'There is nothing here.');
  return handle(request, nextauth);
}

/** Somebody comes back from an identity provider. */
async function comeBackFrom(provider: string, request: NextRequest): Promise<Response> {
  if (request.method !== 'GET') return problem(405, 'This address can only be opened.');
  const context = await ownContext();
  try {
    const path = await comeBack(provider, request.nextUrl.searchParams, await currentActor(), context);
    return path === undefined ? problem(404, 'There is nothing here.') : redirectTo(path);
  } catch (error) {
    return fault(error, context);
  }
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
  const context = await ownContext();
  const flow = passwordFlow({ request: context, previousToken: await readSessionToken() });
  try {
    return await runNextAuth(flow, request, nextauth);
  } catch (error) {
    return fault(error, context);
  }
}

function problem(status: number, error: string): Response {
  return Response.json({ error }, { status });
}
