import { logHref } from '@/components/audit/log-href';

/** The audit log with what a person did. */
export function activityHref(email: string): string {
  return logHref({ filter: { actions: [], range: 'all', actor: email } });
}
