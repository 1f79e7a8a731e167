import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { type Actor, requirePermission } from '@/lib/auth/actor';
import type { Permission } from '@/lib/auth/permissions';
import { requestContext } from '@/lib/auth/request-context';
import { methodHeader } from '@/lib/auth/request-headers';
import { db } from '@/lib/db/client';

/** How old the proof of identity may be where a sensitive page is opened or a button pressed (security.md #99). */
export const buttonLimitMinutes = 10;
/** And where a form arrives: whoever opened it with a proof that just held has 20 minutes to fill it in. */
export const formLimitMinutes = 30;

/**
 * For pages whose form changes where events go, keys, or ways of signing in: who is signed in, holds `permission`, and
 * proved who they are at most {@link buttonLimitMinutes} ago. Others are led to `/confirm` and come back.
 */
export async function requireConfirmed(permission: Permission): Promise<Actor> {
  const actor = await requirePermission(permission);
  // The answer to a form, without JavaScript: the gate has decided about it, and leaving would lose what was typed.
  const answersForm = (await headers()).get(methodHeader) === 'POST';
  if (!answersForm && !(await isConfirmed(actor))) redirect(await confirmPath());
  return actor;
}

/** Whether the person last proved who they are at most so many minutes ago, by the clock of the database. */
export async function isConfirmed(
  { sessionId }: Pick<Actor, 'sessionId'>,
  limitMinutes = buttonLimitMinutes,
): Promise<boolean> {
  const found = await db().$queryRaw<unknown[]>`
    SELECT 1 FROM session
     WHERE id = ${sessionId}::uuid AND confirmed_at > now() - make_interval(mins => ${limitMinutes}::int)`;
  return found.length > 0;
}

/** The page that asks for the proof and leads back to the present one, or to another. */
export async function confirmPath(next?: string): Promise<string> {
  return `/confirm?next=${encodeURIComponent(next ?? (await requestContext()).path)}`;
}
