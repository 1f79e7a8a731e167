import 'server-only';
import type { OpenEvent } from '@/components/audit/event-panel';
import type { EventsFault } from '@/components/audit/events-failure';
import type { RowDetails } from '@/components/audit/table-row';
import type { AuditSearch } from '@/lib/audit/filter/audit-filter';
import { countAuditEvents } from '@/lib/audit/query/count-events';
import { type AuditPage, listAuditEvents } from '@/lib/audit/query/list-events';
import { unlessTooSlow } from '@/lib/audit/query/unless-too-slow';
import { requestContext } from '@/lib/auth/request-context';
import { TooSlowError } from '@/lib/db/read-only';
import { type LogBeginning, readLogBeginning } from '@/lib/integrity/retention/read-retention';
import { log } from '@/lib/log';
import type { LogView } from '@/lib/log-view';
import { openEvent } from './open-event';
import { rowDetails } from './row-details';

export type LoadedEvents = {
  page: AuditPage;
  /** Undefined when counting took too long. */
  total: number | undefined;
  retention: LogBeginning;
  open: OpenEvent | undefined;
  details: Map<string, RowDetails>;
};

/**
 * What the table shows, and the event that is open beside it. Where that cannot be read the page stands all the same, so
 * that nobody loses a filter, and the cause is in the server's log once, by the number that the page names.
 */
export async function loadEvents(
  organizationId: string,
  search: AuditSearch,
  view: LogView,
): Promise<LoadedEvents | { fault: EventsFault }> {
  try {
    return await load(organizationId, search, view);
  } catch (error) {
    const { requestId } = await requestContext();
    const entry = { err: error, organizationId, requestId };
    if (error instanceof TooSlowError) {
      log.warn(entry, 'the events of the audit log took too long to find');
      return { fault: { kind: 'too_slow' } };
    }
    log.error(entry, 'the events of the audit log could not be read');
    return { fault: { kind: 'unreadable', number: requestId } };
  }
}

async function load(organizationId: string, search: AuditSearch, view: LogView): Promise<LoadedEvents> {
  const [page, total, retention] = await Promise.all([
    listAuditEvents(organizationId, search.filter, search),
    unlessTooSlow(countAuditEvents(organizationId, search.filter)),
    readLogBeginning(organizationId),
  ]);
  const [open, details] = await Promise.all([
    openEvent(organizationId, search, page),
    rowDetails(organizationId, page.rows, view.columns),
  ]);
  return { page, total, retention, open, details };
}
