import 'server-only';
import type { Actor } from '@/lib/auth/actor-source';
import { confirmPath, isConfirmed } from '@/lib/auth/confirmed';
import { type Connection, loadConnection } from '@/lib/auth/openid/connection';
import { keepIntent, type Purpose } from '@/lib/auth/openid/intent';
import { beginAtProvider } from '@/lib/auth/openid/provider-flow';
import { type ProviderRef, parseProvider, providerName } from '@/lib/auth/openid/provider-ref';
import { type Errand, refuse, returnPaths } from '@/lib/auth/openid/refuse';
import { Refused } from '@/lib/auth/openid/refused';
import { can } from '@/lib/auth/permissions';
import type { RequestContext } from '@/lib/auth/request-context';
import { safePath } from '@/lib/auth/safe-path';

export type Start = {
  readonly provider: string;
  readonly purpose: Purpose;
  /** The slug of whose Google it is; an OIDC connection has its own organization. */
  readonly organization?: string | undefined;
  readonly next: string;
};

/**
 * Sets out for an identity provider: remembers in this browser what for, and returns the address to go to. That is the
 * page with the reason when the way is closed, the page that asks for a proof of identity where one is needed, and undefined when there is no such provider for whoever asks.
 */
export async function setOut(
  start: Start,
  actor: Actor | undefined,
  request: RequestContext,
): Promise<string | undefined> {
  const { purpose, next } = start;
  const ref = parseProvider(start.provider);
  if (!ref || !isEntitled(purpose, ref, actor)) return undefined;
  const connection = await loadConnection(ref, organizationOf(start, actor));
  if (!connection) return undefined;

  // A way of signing in is added, or proved to be safe to switch on: only by whoever has just proved who they are.
  if (purpose !== 'sign-in' && actor && !(await isConfirmed(actor))) return confirmPath(returnPaths[purpose]);
  const errand: Errand = { purpose, connection, actor, next: safePath(next), request };
  try {
    return await leaveFor(connection, errand);
  } catch (error) {
    if (error instanceof Refused) return refuse(errand, error);
    throw error;
  }
}

function isEntitled(purpose: Purpose, ref: ProviderRef, actor: Actor | undefined): boolean {
  if (purpose === 'sign-in') return true;
  if (purpose === 'link') return actor !== undefined;
  return ref.kind === 'oidc' && actor !== undefined && can(actor.user.role, 'authentication.manage');
}

/** Whoever is signed in links and tests within their own organization, whatever the address says. */
function organizationOf({ purpose, organization }: Start, actor: Actor | undefined) {
  if (purpose !== 'sign-in') return { id: actor?.organization.id ?? '' };
  return organization === undefined ? undefined : { slug: organization };
}

async function leaveFor(connection: Connection, { purpose, actor, next }: Errand): Promise<string> {
  if (purpose !== 'test' && !connection.enabled) throw new Refused('method_disabled');
  const { address, state } = await beginAtProvider(connection);
  await keepIntent({
    purpose,
    provider: providerName(connection.ref),
    organizationId: connection.organization.id,
    version: connection.version,
    state,
    next,
    ...(purpose !== 'sign-in' && actor && { sessionId: actor.sessionId }),
  });
  return address;
}
