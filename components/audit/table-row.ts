import type { AuditTableRow, TextColumn } from '@/components/audit/audit-table';
import { catalogEntry } from '@/lib/audit/catalog';
import { legible } from '@/lib/audit/legible';
import type { AuditRow } from '@/lib/audit/query/list-events';
import type { RowSource } from '@/lib/audit/query/row-sources';
import { actorName } from '@/lib/audit/sentence';
import { formatDate, formatOffset, formatTime } from '@/lib/format-time';
import type { LogColumn } from '@/lib/log-view';
import type { EventDelivery } from '@/lib/siem/event-delivery';

const actorKinds: Record<string, string> = {
  api_key: 'API key',
  system: 'system',
  anonymous: 'not signed in',
};

/** What columns that are shown by choice need beyond the row: see {@link AuditTableRow}. */
export type RowDetails = RowSource & { delivery: readonly EventDelivery[] };

type Shown = {
  zone: string;
  /** Whether each row says how far its clock is from UTC, because the heading cannot for all. */
  withOffset: boolean;
  columns: readonly LogColumn[];
  details: RowDetails | undefined;
};

/** Words for a stored event, as far as they are shown. The zone is the reader's. */
export function auditTableRow(
  row: AuditRow,
  href: string,
  { zone, withOffset, columns, details }: Shown,
): AuditTableRow {
  const instant = new Date(row.time);
  const texts: Record<TextColumn, string | null | undefined> = {
    origin: row.origin,
    method: details?.method,
    agent: details?.agent && legible(details.agent),
    request: row.requestId,
    session: row.sessionId,
  };
  return {
    id: row.id,
    href,
    time: formatTime(instant, zone, 'millisecond'),
    date: `${formatDate(instant, zone)}${withOffset ? ` ${formatOffset(instant, zone)}` : ''}`,
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
    chosen: Object.fromEntries(
      Object.entries(texts).filter(([column, text]) => text && columns.some((shown) => shown === column)),
    ),
    delivery: (details?.delivery ?? []).map(({ integration, state }) => ({ name: integration.name, state })),
  };
}
