import type { RowDetails } from '@/components/audit/table-row';
import type { AuditRow } from '@/lib/audit/query/list-events';
import { rowSources } from '@/lib/audit/query/row-sources';
import type { LogColumn } from '@/lib/log-view';
import { deliveriesOf } from '@/lib/siem/event-delivery';

/** What the chosen columns need beyond the rows themselves, by seq: one question each for the whole page, if any. */
export async function rowDetails(
  organizationId: string,
  rows: readonly AuditRow[],
  columns: readonly LogColumn[],
): Promise<Map<string, RowDetails>> {
  const seqs = rows.map(({ seq }) => seq);
  const fromRecords = columns.includes('agent') || columns.includes('method');
  const [sources, deliveries] = await Promise.all([
    fromRecords ? rowSources(organizationId, seqs) : undefined,
    columns.includes('delivery') ? deliveriesOf(organizationId, seqs) : undefined,
  ]);
  return new Map(seqs.map((seq) => [seq, { ...sources?.get(seq), delivery: deliveries?.get(seq) ?? [] }]));
}
