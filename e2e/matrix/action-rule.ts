import { type Asker, roleOf } from '@/e2e/matrix/askers';
import type { ServerAction } from '@/e2e/matrix/entry-points';
import type { Things } from '@/e2e/matrix/things';
import { can, type Permission } from '@/lib/auth/permissions';

type Fields = Record<string, string>;

/** Who may call an action. */
export type ActionRule = {
  /** What it takes; undefined for the actions of those who have not signed in yet. */
  needs: Permission | undefined;
  /** Only after a recent proof of who one is. */
  confirmed?: true;
  /** What is sent. */
  fields: (things: Things) => Fields;
  /** Whether what is sent names a thing of the organization. */
  ofOneThing?: true;
  /** Whether the session ends with it. */
  ends?: true;
  /** The answer to whoever may: where it leads, or what the action itself says, which the gate let through. */
  done: string;
  /** The answer to an auditor, who comes before the admin, where it is another. */
  auditor?: string;
};

/** By the file that an action is written in, and its name. */
export type ActionRules = Record<string, Record<string, ActionRule>>;

export const none = () => ({});
export const id =
  (thing: keyof Things, more: Fields = {}) =>
  (things: Things) => ({ id: things[thing], ...more });

export const thing = { ofOneThing: true } as const;

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
