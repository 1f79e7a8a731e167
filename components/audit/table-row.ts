import type { AuditTableRow } from '@/components/audit/audit-table';
import { catalogEntry } from '@/lib/audit/catalog';
import { legible } from '@/lib/audit/legible';
import type { AuditRow } from '@/lib/audit/query/list-events';
import { actorName } from '@/lib/audit/sentence';
import { formatDate, formatTime } from '@/lib/format-time';

const actorKinds: Record<string, string> = {
  api_key: 'API key',
  system: 'system',
  anonymous: 'not signed in',
};

/** Words for a stored event. The zone is the reader's. */
export function auditTableRow(row: AuditRow, zone: string, href: string): AuditTableRow {
  const instant = new Date(row.time);
  return {
    id: row.id,
    href,
    time: formatTime(instant, zone, 'millisecond'),
    date: formatDate(instant, zone),
    instant: row.time,
    action: row.action,
    label: catalogEntry(row.action)?.label ?? row.action,
    outcome: row.outcome,
    actorType: row.actorType,
    actor: actorName({ type: row.actorType, name: row.actorName, email: row.actorEmail }),
    actorDetail: actorKinds[row.actorType] ?? legible(row.actorEmail ?? ''),
    target: legible(row.targetName ?? ''),
    targetDetail: row.targetType?.replaceAll('_', ' ') ?? '',
    ip: row.ip ?? '',
  };
}
