import { hashPassword } from '@/lib/auth/password';
import { db } from '@/lib/db/client';
import type { IdentityProvider } from '@/test/identity-provider';
import { signInAs } from '@/test/signed-in';

export const password = 'violet harbour clockwork 9';

export type Actor = Awaited<ReturnType<typeof signInAs>>;

/** Prepares what a command needs, and returns the command ready to run, any number of times. */
export type Prepare = (idp: IdentityProvider) => Promise<() => Promise<unknown>>;

/** Somebody who is signed in, with a password. */
export async function signedIn(): Promise<Actor> {
  const actor = await signInAs('admin');
  const passwordHash = await hashPassword(password);
  await db().user.update({ where: { id: actor.user.id }, data: { passwordHash } });
  return actor;
}
