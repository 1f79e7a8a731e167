import type { ActionRule } from '@/e2e/matrix/action-rules';
import { type Asker, roleOf } from '@/e2e/matrix/askers';
import type { ServerAction } from '@/e2e/matrix/entry-points';
import { can } from '@/lib/auth/permissions';

const signedOut = 'You are signed out, so nothing was done.';
const denied = 'Your role does not allow this, so nothing was done.';
const unconfirmed = 'It is a while since you confirmed that it is you, so nothing was done.';

/** What the gate answers to somebody who may not; undefined for whoever it lets through. */
export function refusalOf(
  { needs, confirmed }: ActionRule,
  { stateful }: ServerAction,
  { asker, path }: { asker: Asker; path: string },
): string | undefined {
  if (!needs) return undefined;
  const role = roleOf[asker];
  const next = `?next=${encodeURIComponent(path)}`;
  if (!role) return stateful ? `200 ${signedOut}` : `to ${path === '/' ? '/login' : `/login${next}`}`;
  if (!can(role, needs)) return stateful ? `403 ${denied}` : '403';
  if (!confirmed || asker !== 'admin with an old proof') return undefined;
  return stateful ? `403 ${unconfirmed}` : `to /confirm${next}`;
}
