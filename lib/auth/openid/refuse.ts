import 'server-only';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { type Actor, actorSource } from '@/lib/auth/actor-source';
import type { Claims } from '@/lib/auth/openid/claims';
import { type Connection, loadConnection } from '@/lib/auth/openid/connection';
import type { Purpose } from '@/lib/auth/openid/intent';
import type { ProviderRef } from '@/lib/auth/openid/provider-ref';
import { quote } from '@/lib/auth/openid/quote';
import { failureReason, type Refused } from '@/lib/auth/openid/refused';
import { keepReport, shownClaims } from '@/lib/auth/openid/report';
import { failTest } from '@/lib/auth/openid/test-connection';
import { takeAttempt } from '@/lib/auth/rate-limit';
import { auditContext, type RequestContext } from '@/lib/auth/request-context';
import { recordSignInFailure } from '@/lib/auth/sign-in-failure';
import { addressBlock } from '@/lib/auth/sign-in-throttle';
import { log } from '@/lib/log';

/** One way to a provider and back. */
export type Errand = {
  readonly purpose: Purpose;
  readonly connection: Connection;
  readonly actor: Actor | undefined;
  readonly next: string;
  readonly request: RequestContext;
};

const straysPerMinute = 10;
/** A company behind one address fails less often. Whoever goes on is refused all the same, but cannot fill the log. */
const recordedPerMinute = 60;

/** Where somebody who links or tests comes back to. */
export const returnPaths = { link: '/account', test: '/settings/authentication/oidc' } as const;

/** Records a refusal, keeps its words for the person, and returns the page that shows them. */
export async function refuse(errand: Errand, refused: Refused, claims?: Claims): Promise<string> {
  const { purpose, connection, next, request } = errand;
  const { code, details } = refused;
  const secrets = [connection.clientSecret];
  const detail = quote(details.detail, secrets);
  log.warn(
    { reason: code, detail, provider: connection.ref, purpose, request_id: request.requestId },
    'an identity provider led nobody in',
  );
  await record(errand, refused);
  const outcome = await keepReport({
    purpose,
    provider: connection.name,
    refusal: code,
    said: quote(details.said, secrets),
    email: details.email,
    ...(purpose === 'test' && { detail, claims: claims && shownClaims(claims) }),
  });
  const query = new URLSearchParams({ outcome });
  if (purpose !== 'sign-in') return `${returnPaths[purpose]}?${query}`;
  if (next !== '/') query.set('next', next);
  return `/login/${connection.organization.slug}?${query}`;
}

/**
 * The same for an answer that nobody waits for: the older of two tabs, one that was used before, one that somebody made up.
 * What this browser may be waiting for stays. Recorded a few times a minute at most, as anybody can send such things.
 */
export async function refuseStray(
  ref: ProviderRef,
  actor: Actor | undefined,
  request: RequestContext,
): Promise<string> {
  const { ip } = request;
  const key = `sign-in/stray/${ip === undefined ? '-' : addressBlock(ip)}`;
  const { allowed } = await takeAttempt(key, { limit: straysPerMinute, windowSeconds: 60 });
  if (allowed) {
    const connection = await loadConnection(ref);
    await recordSignInFailure({
      organization: connection?.organization,
      claimed: 'Unknown',
      method: ref.kind,
      reason: failureReason('start_again'),
      request,
    });
  }
  const provider = ref.kind === 'google' ? 'Google' : 'The identity provider';
  const outcome = await keepReport({ purpose: 'sign-in', provider, refusal: 'start_again' });
  return `${actor ? '/account' : '/login'}?outcome=${outcome}`;
}

async function record(errand: Errand, { code, details }: Refused): Promise<void> {
  const { purpose, connection, actor, request } = errand;
  const { ref, organization } = connection;
  // Whoever is signed in now did not begin this: nothing of it belongs into their organization's log.
  if (purpose !== 'sign-in' && code === 'session_changed') return;
  if (purpose === 'test' && actor) return failTest(actor, connection, request);
  if (purpose === 'link' && actor) return recordFailedLink(actor, connection, request);
  const key = `sign-in/provider-refusal/${request.ip === undefined ? '-' : addressBlock(request.ip)}`;
  const { allowed } = await takeAttempt(key, { limit: recordedPerMinute, windowSeconds: 60 });
  if (!allowed) return;
  await recordSignInFailure({
    organization,
    user: details.user,
    claimed: details.email ?? 'Unknown',
    method: ref.kind,
    reason: failureReason(code),
    request,
  });
}

async function recordFailedLink(
  actor: Actor,
  { ref, provider }: Connection,
  request: RequestContext,
): Promise<void> {
  await withTransaction(async (tx) => {
    recordAudit(tx, {
      ...actorSource(actor, auditContext(request)),
      action: 'user.identity.link',
      outcome: 'failure',
      targets: [{ type: 'user', id: actor.user.id, name: actor.user.name }],
      metadata: { method: ref.kind, issuer: provider?.issuer ?? '' },
    });
  });
}
