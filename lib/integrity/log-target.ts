import type { AuditSource } from '@/lib/audit/event';

/** The log itself, as what an event is about. */
export function logTarget({ id }: AuditSource['organization']) {
  return { type: 'audit_log' as const, id, name: 'the audit log' };
}
