import type { Stage } from '@/e2e/contract/stage';
import type { expect, Person } from '@/e2e/fixtures';
import type { AuditAction, AuditMetadata } from '@/lib/audit/catalog';
import type { Actor, Change, Outcome, Target } from '@/lib/audit/event';

/** What cannot be known before it happens is described: `expect.stringMatching(…)`. */
type Described<Fields> = { [Field in keyof Fields]: Fields[Field] | ReturnType<typeof expect.any> };

/** What the log has to say about something that was done. Each part is compared as a whole: nothing may be in it besides. */
export type Told<Action extends AuditAction> = {
  actor: Actor;
  targets: Target[];
  changes?: Described<Change>[];
  metadata: Described<AuditMetadata<Action>>;
  outcome?: Outcome;
  /**
   * Where it came from. `session`: a browser in which the actor is signed in, which is what is meant when this is absent;
   * `browser`: one in which nobody is signed in yet; `api`: a call with a key; otherwise nobody's request.
   */
  from?: 'session' | 'browser' | 'api' | 'scheduler' | 'system';
  /** Everything that the log got, in its order, where that is more than this one event. */
  all?: AuditAction[];
};

/** Does one thing as people do it, and says what has to be in the log afterwards. */
export type Step<Action extends AuditAction> = (stage: Stage) => Promise<Told<Action>>;

/** Steps for some actions, in the order in which they are done. */
export type Steps<Action extends AuditAction> = { [A in Action]: Step<A> };

/** A person as the actor of an event. */
export function actorOf({ id, name, email, role }: Omit<Person, 'password'>): Actor {
  return { type: 'user', id, name, email, role };
}

/** A person as what an event is about. */
export function targetOf({ id, name }: Pick<Person, 'id' | 'name'>): Target {
  return { type: 'user', id, name };
}
