import { exportHref } from '@/components/audit/log-href';
import { UserError } from '@/lib/action/user-error';
import type { AuditFilter } from '@/lib/audit/filter/audit-filter';
import { readParams } from '@/lib/audit/filter/read-params';
import { parseAuditSearch } from '@/lib/audit/filter/search-params';
import { exportFormats } from '@/lib/audit-export/file-name';
import { startExport } from '@/lib/audit-export/start-export';
import { actorOrResponse, auditSource } from '@/lib/auth/actor';
import { isSameOrigin } from '@/lib/auth/same-origin';
import { TooSlowError } from '@/lib/db/read-only';
import { streamText } from '@/lib/stream-text';

const contentTypes = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
};

/**
 * The file. It is recorded and takes work, so it is a POST from a page of ours: no link on another site, no prefetch and
 * no reload begins one. What the filter was is in the address, as on every page of the log; a part of it that is not
 * understood is refused, because a file has no place for a notice.
 */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers))
    return refuse(403, 'This request did not come from a page of Tracekeep.');
  const actor = await actorOrResponse('audit_log.export');
  if (actor instanceof Response) return actor;
  const { format: given, ...params } = readParams(new URL(request.url).searchParams);
  const format = exportFormats.find((known) => known === given);
  if (!format) return refuse(400, `The format is one of ${exportFormats.join(', ')}.`);
  const { filter, notices } = parseAuditSearch(params, 'UTC');
  if (notices.length > 0) return refuse(400, notices.join(' '));
  try {
    const source = await auditSource(actor);
    const { fileName, lines } = await startExport(source, { filter, format, signal: request.signal });
    return new Response(streamText(lines), {
      headers: {
        'Content-Type': contentTypes[format],
        'Content-Disposition': `attachment; filename="${fileName}"`,
        'Cache-Control': 'no-store',
      },
    });
  } catch (error) {
    if (error instanceof UserError) return backToPage(filter, 'often');
    if (error instanceof TooSlowError) return backToPage(filter, 'slow');
    throw error;
  }
}

function refuse(status: number, error: string): Response {
  return Response.json({ error }, { status });
}

/** What is no file is a page again, with the reason on it. */
function backToPage(filter: AuditFilter, refused: 'often' | 'slow'): Response {
  const href = exportHref(filter);
  const location = `${href}${href.includes('?') ? '&' : '?'}refused=${refused}`;
  return new Response(null, { status: 303, headers: { Location: location } });
}
