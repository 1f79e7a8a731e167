import { ApiProblem } from '@/lib/api/problem';
import { findKeyActor, type KeyActor, type KeyRefusal } from '@/lib/api-keys/find-key-actor';
import { looksLikeKey, readKey } from '@/lib/api-keys/key-format';
import type { Scope } from '@/lib/api-keys/scopes';
import { takeAttempt } from '@/lib/auth/rate-limit';
import type { RequestContext } from '@/lib/auth/request-context';
import { addressBlock } from '@/lib/auth/sign-in-throttle';
import { log } from '@/lib/log';

/** Refused keys of one address in a window of as many seconds; after that it is not even told why. */
const refusalLimit = { limit: 60, windowSeconds: 60 };

/** Names under which other services take keys in an address. */
const keyParameters = new Set([
  'access_token',
  'api_key',
  'api-key',
  'apikey',
  'authorization',
  'key',
  'token',
]);

const realm = 'Bearer realm="Tracekeep"';

const refusals: Record<KeyRefusal['reason'], string> = {
  foreign: 'This is no key of Tracekeep: those begin with tk_.',
  truncated: 'This key is not complete: its end is missing. Copy all of it.',
  mistyped: 'This key has a typing error: its checksum does not fit. Copy it instead of typing it.',
  unknown: 'There is no such key.',
  revoked: 'This key was revoked.',
  expired: 'This key has expired. Create another one.',
  creator_deactivated: 'The person who created this key was deactivated, and the key with them.',
};

/**
 * The key that a request carries in its Authorization header. Throws an {@link ApiProblem}: 401 without one, with one
 * that opens nothing, or with one in the address; 429 when an address tried too many of those.
 */
export async function requireKey(request: Request, context: RequestContext): Promise<KeyActor> {
  await refuseKeyInAddress(new URL(request.url).searchParams, context);
  const header = request.headers.get('authorization');
  if (header === null) {
    const detail = 'Send an API key in the header Authorization, after the word Bearer.';
    throw new ApiProblem('no-key', detail, { headers: { 'www-authenticate': realm } });
  }
  const bearer = /^bearer +(\S+)$/i.exec(header.trim())?.[1] ?? '';
  const found = await findKeyActor(bearer, context.ip);
  if ('actor' in found) return found.actor;
  const { reason, prefix } = found.refusal;
  throw await refuse({ reason, prefix, detail: refusals[reason] }, context);
}

/** Addresses end up in logs and histories, so a key that stood in one is no secret any more. */
async function refuseKeyInAddress(params: URLSearchParams, context: RequestContext): Promise<void> {
  for (const [name, value] of params) {
    if (!keyParameters.has(name.toLowerCase()) && !looksLikeKey(value)) continue;
    const detail =
      'A key is taken only from the header Authorization. If this one is real, revoke it: addresses are kept in logs.';
    throw await refuse({ reason: 'in_address', prefix: readKey(value).prefix, detail }, context);
  }
}

type Refusal = { reason: string; prefix: string | undefined; detail: string };

async function refuse(
  { reason, prefix, detail }: Refusal,
  { ip, requestId }: RequestContext,
): Promise<ApiProblem> {
  const place = ip === undefined ? 'unknown' : addressBlock(ip);
  const { allowed, retryAfterSeconds } = await takeAttempt(`api/refused/${place}`, refusalLimit);
  if (!allowed) {
    return new ApiProblem('too-many-calls', 'Too many refused keys came from this address.', {
      headers: { 'retry-after': String(retryAfterSeconds) },
    });
  }
  log.warn({ reason, key_prefix: prefix, ip, request_id: requestId }, 'an API key was refused');
  return new ApiProblem('bad-key', detail, {
    headers: { 'www-authenticate': `${realm}, error="invalid_token"` },
  });
}

/** Throws an {@link ApiProblem} (403) unless the key may do this now. */
export function requireScope({ granted, scopes, creator }: KeyActor, scope: Scope): void {
  if (scopes.includes(scope)) return;
  const detail = granted.includes(scope)
    ? `The key has the scope ${scope}, but the role of ${creator.name}, who created it, no longer allows it.`
    : `The key has not the scope ${scope}.`;
  throw new ApiProblem('missing-scope', detail, {
    headers: { 'www-authenticate': `${realm}, error="insufficient_scope", scope="${scope}"` },
  });
}
