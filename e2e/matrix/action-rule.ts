import type { Things } from '@/e2e/matrix/things';
import type { Permission } from '@/lib/auth/permissions';

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
};

/** The fields of a form about one thing. */
export const id =
  (thing: keyof Things, more: Fields = {}) =>
  (things: Things) => ({ id: things[thing], ...more });

/** What is sent names a thing of the organization. */
export const thing = { ofOneThing: true } as const;
