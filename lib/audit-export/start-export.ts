import { UserError } from '@/lib/action/user-error';
import { chainedEvents } from '@/lib/audit/chained-events';
import type { AuditSource } from '@/lib/audit/event';
import type { AuditFilter } from '@/lib/audit/filter/audit-filter';
import { printQuery } from '@/lib/audit/filter/query-text';
import { newestSeqs } from '@/lib/audit/query/newest-seqs';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { csvHead, csvLine } from '@/lib/audit-export/csv';
import { type ExportFormat, exportFileName } from '@/lib/audit-export/file-name';
import { ndjsonLine } from '@/lib/audit-export/ndjson';
import { takeAttempt, waitingTime } from '@/lib/auth/rate-limit';
import { db } from '@/lib/db/client';

/** The most events in one file: the newest of those that match. */
export const exportLimit = 1_000_000;

const attempts = { limit: 10, windowSeconds: 600 };

export type Export = {
  fileName: string;
  /** How many events are in the file. */
  events: number;
  /** The file, read from the database as it is asked for. */
  lines: AsyncGenerator<string, void>;
};

type Wish = { filter: AuditFilter; format: ExportFormat; limit?: number; signal?: AbortSignal };

/**
 * Begins to export exactly the events that match, oldest first, at most `limit` and then the newest. The event
 * `audit_log.export` is written before the first of them leaves, with how many they are; it is not in the file itself.
 * Events that arrive meanwhile are not either. Throws a {@link UserError} for somebody who has begun ten in ten minutes.
 */
export async function startExport(
  source: AuditSource,
  { filter, format, limit = exportLimit, signal }: Wish,
): Promise<Export> {
  const { organization, actor } = source;
  const attempt = await takeAttempt(`audit-export/${organization.id}/${actor.id}`, attempts);
  if (!attempt.allowed)
    throw new UserError(`You have begun ${attempts.limit} exports within ten minutes.`, {
      hint: `The next one can begin in ${waitingTime(attempt.retryAfterSeconds)}.`,
    });
  const found = await newestSeqs(organization.id, filter, { limit, ...(signal && { signal }) });
  const { seqs, truncated } = found;
  const [first, last] = [seqs[0], seqs.at(-1)];
  const fileName = exportFileName({
    slug: organization.slug,
    format,
    ends: first !== undefined && last !== undefined ? await timesOf(organization.id, first, last) : undefined,
    truncatedTo: truncated ? limit : undefined,
  });
  await withTransaction(async (tx) =>
    recordAudit(tx, {
      ...source,
      action: 'audit_log.export',
      targets: [{ type: 'audit_export', name: fileName }],
      metadata: {
        format,
        query: printQuery(filter, 'UTC'),
        events: seqs.length,
        ...(first !== undefined && { first_seq: first.toString() }),
        ...(last !== undefined && { last_seq: last.toString() }),
        truncated,
      },
    }),
  );
  return { fileName, events: seqs.length, lines: linesOf(organization.id, seqs, format) };
}

async function timesOf(organizationId: string, first: bigint, last: bigint): Promise<[Date, Date]> {
  const timeOf = async (seq: bigint) => {
    const where = { organizationId_seq: { organizationId, seq } };
    return (await db().auditEvent.findUniqueOrThrow({ where, select: { occurredAt: true } })).occurredAt;
  };
  return [await timeOf(first), await timeOf(last)];
}

/** A batch of lines at a time, as one text. */
async function* linesOf(
  organizationId: string,
  seqs: BigInt64Array,
  format: ExportFormat,
): AsyncGenerator<string, void> {
  if (format === 'csv') yield csvHead;
  const line = format === 'csv' ? csvLine : ndjsonLine;
  for await (const events of chainedEvents(organizationId, seqs)) yield events.map(line).join('');
}
