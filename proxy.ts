import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { isWellFormedPost } from '@/lib/action/well-formed';
import { uuidV7 } from '@/lib/audit/uuid-v7';
import { type RefusalReason, refusalPage } from '@/lib/auth/refusal-page';
import { methodHeader, pathHeader, requestIdHeader } from '@/lib/auth/request-headers';
import { isSameOrigin } from '@/lib/auth/same-origin';
import { contentSecurityPolicy, pageHeaders } from '@/lib/auth/security-headers';
import { env } from '@/lib/env';

/** Next's own limit for server actions is the same (next.config.ts), but it answers with a bare error. */
const maxFormBytes = 1024 * 1024;

/**
 * Prepares every page: a nonce and its policy, a request id, the path for redirects, headers. It guards nothing: each
 * page and action checks for itself who asks (security.md #76). What it refuses the framework or the gate would refuse
 * too, only with a status or words that help nobody.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const prepared = {
    requestId: uuidV7(new Date()),
    nonce: randomBytes(16).toString('base64'),
  };
  const policy = contentSecurityPolicy(prepared.nonce, {
    development: process.env.NODE_ENV === 'development',
  });

  const refused = await refusal(request);
  const response = refused ? refusalPage(refused, prepared.nonce) : pass(request, { ...prepared, policy });
  response.headers.set('content-security-policy', policy);
  response.headers.set(requestIdHeader, prepared.requestId);
  for (const [name, value] of Object.entries(pageHeaders(env().PUBLIC_URL)))
    response.headers.set(name, value);
  return response;
}

async function refusal(request: NextRequest): Promise<RefusalReason | undefined> {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  if (request.method !== 'POST') return 'method';
  if (!isSameOrigin(request.headers)) return 'origin';
  if (Number(request.headers.get('content-length') ?? 0) > maxFormBytes) return 'length';
  // A chunked body says no length. Next hands over 10 MB at most.
  const body = await request.arrayBuffer();
  if (body.byteLength > maxFormBytes) return 'length';
  return (await isWellFormedPost(request.headers, body)) ? undefined : 'damage';
}

/** Overwrites whatever the client sent under these names. Next takes its nonce from the request's policy. */
function pass(
  request: NextRequest,
  { requestId, nonce, policy }: { requestId: string; nonce: string; policy: string },
): NextResponse {
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  headers.set('x-nonce', nonce);
  headers.set(requestIdHeader, requestId);
  headers.set(pathHeader, request.nextUrl.pathname + request.nextUrl.search);
  headers.set(methodHeader, request.method);
  // Next compares the Origin, which has passed our own check, with this or the Host, which a reverse proxy may rewrite.
  const origin = request.headers.get('origin');
  if (request.method === 'POST' && origin !== null) headers.set('x-forwarded-host', new URL(origin).host);
  else headers.delete('x-forwarded-host');
  return NextResponse.next({ request: { headers } });
}

export const config = {
  matcher: ['/((?!api/|_next/static/|favicon\\.svg$).*)'],
};
