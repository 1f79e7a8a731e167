import type { AuditSource, Context } from '@/lib/audit/event';
import type { Role } from '@/lib/auth/permissions';

/** Somebody who is signed in, as the database described them at this request. */
export type Actor = {
  sessionId: string;
  user: { id: string; name: string; email: string; role: Role };
  organization: { id: string; slug: string; name: string };
};

/** What every event that this person causes has in common. Spread it into an audit event. */
export function actorSource({ sessionId, user, organization }: Actor, context: Context): AuditSource {
  const { id, slug, name } = organization;
  return {
    organization: { id, slug, name },
    actor: { type: 'user', id: user.id, name: user.name, email: user.email, role: user.role },
    context: { ...context, session_id: sessionId },
  };
}
