import type { AuditAction, AuditMetadata } from './catalog';
import type { TargetType } from './catalog/entry';

export type Outcome = 'success' | 'failure';
export type ActorType = 'user' | 'api_key' | 'system' | 'anonymous';

/** Who acted, as they were called at that moment: deleting a person later never blanks the log. */
export type Actor = {
  type: ActorType;
  id?: string | undefined;
  name?: string | undefined;
  email?: string | undefined;
  role?: string | undefined;
};

export type Target = { type: TargetType; id?: string | undefined; name?: string | undefined };

export type Context = {
  ip?: string | undefined;
  user_agent?: string | undefined;
  request_id?: string | undefined;
  session_id?: string | undefined;
  origin: 'console' | 'api' | 'scheduler' | 'system';
};

export type Change = { field: string; from?: string | undefined; to?: string | undefined };

/** The part of an event that a request already knows before anything happened: spread it into {@link AuditEvent}. */
export type AuditSource = {
  organization: { id: string; slug: string; name: string };
  actor: Actor;
  context: Context;
};

/** What to record. The metadata's type follows from the action; see the catalogue. */
export type AuditEvent<A extends AuditAction = AuditAction> = AuditSource & {
  action: A;
  outcome?: Outcome;
  targets: readonly Target[];
  changes?: readonly Change[];
  metadata: AuditMetadata<A>;
};
