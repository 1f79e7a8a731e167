import type { KeyActor } from '@/lib/api-keys/find-key-actor';
import type { AuditSource } from '@/lib/audit/event';
import { auditContext, type RequestContext } from '@/lib/auth/request-context';

/** What every event that a key causes has in common: the key acts, with the role that its creator has now. */
export function apiKeySource({ key, organization, creator }: KeyActor, request: RequestContext): AuditSource {
  const { id, slug, name } = organization;
  return {
    organization: { id, slug, name },
    actor: { type: 'api_key', id: key.id, name: key.name, role: creator.role },
    context: { ...auditContext(request), origin: 'api' },
  };
}
