import 'server-only';
import type { Actor } from '@/lib/auth/actor-source';
import { admit } from '@/lib/auth/openid/admit';
import { type Claims, objectionTo } from '@/lib/auth/openid/claims';
import { loadConnection } from '@/lib/auth/openid/connection';
import { forgetFlow, type Intent, takeIntent } from '@/lib/auth/openid/intent';
import { linkIdentity } from '@/lib/auth/openid/link';
import { finishAtProvider, type ProviderAnswer } from '@/lib/auth/openid/provider-flow';
import { parseProvider } from '@/lib/auth/openid/provider-ref';
import { type Errand, refuse, refuseStray, returnPaths } from '@/lib/auth/openid/refuse';
import { Refused } from '@/lib/auth/openid/refused';
import { keepReport, shownClaims } from '@/lib/auth/openid/report';
import { passTest } from '@/lib/auth/openid/test-connection';
import { can } from '@/lib/auth/permissions';
import { takeAttempt } from '@/lib/auth/rate-limit';
import type { RequestContext } from '@/lib/auth/request-context';
import { readSessionToken } from '@/lib/auth/session-token';
import { addressBlock } from '@/lib/auth/sign-in-throttle';

/** Each answer makes this server ask the provider: enough for a company behind one address, too few to lean on one. */
const answersPerMinute = 100;

/**
 * Deals with somebody who comes back from an identity provider, and returns the page to go to. Only the answer that this
 * browser waits for is looked at, and only once. Undefined when there is no provider of this name.
 */
export async function comeBack(
  name: string,
  query: URLSearchParams,
  actor: Actor | undefined,
  request: RequestContext,
): Promise<string | undefined> {
  const ref = parseProvider(name);
  if (!ref) return undefined;
  const intent = await takeIntent(name, query.get('state'));
  const connection = intent && (await loadConnection(ref, { id: intent.organizationId }));
  // A connection that was deleted meanwhile is nothing that anybody waits for.
  if (!intent || !connection) return refuseStray(ref, actor, request);

  const errand: Errand = { purpose: intent.purpose, connection, actor, next: intent.next, request };
  let claims: Claims | undefined;
  try {
    requireErrand(errand, intent);
    const answer = await readAnswer(query, request);
    await finishAtProvider(connection, answer, (proved) => {
      claims = proved;
      return accomplish(errand, proved);
    });
    return await arrive(errand, claims);
  } catch (error) {
    if (error instanceof Refused) return refuse(errand, error, claims);
    throw error;
  } finally {
    await forgetFlow();
  }
}

/** What was true when the person left must still be: the connection's settings, and who is signed in. */
function requireErrand({ purpose, connection, actor }: Errand, intent: Intent): void {
  if (intent.version !== connection.version) throw new Refused('settings_changed');
  if (purpose !== 'test' && !connection.enabled) throw new Refused('method_disabled');
  if (purpose === 'sign-in') return;
  const entitled = actor && (purpose === 'link' || can(actor.user.role, 'authentication.manage'));
  if (!entitled || actor.sessionId !== intent.sessionId) throw new Refused('session_changed');
}

async function readAnswer(query: URLSearchParams, { ip }: RequestContext): Promise<ProviderAnswer> {
  const key = `sign-in/provider/${ip === undefined ? '-' : addressBlock(ip)}`;
  const { allowed } = await takeAttempt(key, { limit: answersPerMinute, windowSeconds: 60 });
  if (!allowed) throw new Refused('throttled');
  const problem = query.get('error');
  if (problem !== null) {
    throw new Refused('provider_error', { said: query.get('error_description') || problem });
  }
  const [code, state, iss] = ['code', 'state', 'iss'].map((name) => query.get(name));
  if (!code || !state) throw new Refused('provider_error');
  return { code, state, ...(iss && { iss }) };
}

/** What the person went for. Returns the token of the session that begins, if one does. */
async function accomplish(
  { purpose, connection, actor, request }: Errand,
  claims: Claims,
): Promise<string | undefined> {
  if (purpose === 'sign-in') {
    return admit(connection, claims, { request, previousToken: await readSessionToken() });
  }
  if (!actor) throw new Refused('session_changed');
  if (purpose === 'link') {
    await linkIdentity(actor, connection, claims, request);
    return undefined;
  }
  // The domains are for those who come in; an admin who tests may well have an address of another one.
  const objection = objectionTo(claims, []);
  if (objection) throw new Refused(objection, { email: claims.email });
  await passTest(actor, connection, request);
  return undefined;
}

async function arrive({ purpose, connection, next }: Errand, claims: Claims | undefined): Promise<string> {
  if (purpose === 'sign-in') return next;
  const outcome = await keepReport({
    purpose,
    provider: connection.name,
    ...(purpose === 'test' && claims && { claims: shownClaims(claims) }),
  });
  return `${returnPaths[purpose]}?outcome=${outcome}`;
}
