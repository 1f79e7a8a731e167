import { logHref } from '@/components/audit/log-href';
import { only } from '@/lib/audit/filter/audit-filter';

/** The audit log with what a person did. */
export function activityHref(email: string): string {
  return logHref({ filter: { actor: only(email) } });
}
