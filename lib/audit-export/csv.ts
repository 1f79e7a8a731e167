import type { ChainedEvent } from '@/lib/audit/chained-events';
import { readRecord } from '@/lib/audit/columns';

/** The names of the columns. Programs rely on them and on their order: new ones go to the end. */
export const csvColumns = [
  'seq',
  'id',
  'time',
  'action',
  'outcome',
  'actor_type',
  'actor_id',
  'actor_name',
  'actor_email',
  'actor_role',
  'target_type',
  'target_id',
  'target_name',
  'other_targets',
  'ip',
  'user_agent',
  'origin',
  'request_id',
  'session_id',
  'changes',
  'metadata',
  'hash',
] as const;

type Cells = Partial<Record<(typeof csvColumns)[number], string | undefined>>;

/** The first line of the file. */
export const csvHead = `${csvColumns.join()}\r\n`;

/** One event as a line (RFC 4180). What has several parts is JSON in one cell. */
export function csvLine(event: ChainedEvent): string {
  const cells = cellsOf(event);
  return `${csvColumns.map((column) => csvCell(cells[column] ?? '')).join()}\r\n`;
}

function cellsOf({ seq, hash, raw }: ChainedEvent): Cells {
  const record = readRecord(raw);
  // Damaged, or of a later version: whoever looks for it finds at least what there is.
  if (!record) return { seq, hash, metadata: raw };
  const { id, time, action, outcome, actor, targets, context, changes, metadata } = record;
  const [target, ...others] = targets;
  return {
    seq,
    id,
    time,
    action,
    outcome,
    actor_type: actor.type,
    actor_id: actor.id,
    actor_name: actor.name,
    actor_email: actor.email,
    actor_role: actor.role,
    target_type: target?.type,
    target_id: target?.id,
    target_name: target?.name,
    other_targets: json(others),
    ip: context.ip,
    user_agent: context.user_agent,
    origin: context.origin,
    request_id: context.request_id,
    session_id: context.session_id,
    changes: json(changes),
    metadata: json(metadata),
    hash,
  };
}

function json(value: object): string {
  return Object.keys(value).length > 0 ? JSON.stringify(value) : '';
}

/**
 * A cell that no spreadsheet takes for a formula: what begins like one, also in the wide letters of East Asia, gets an
 * apostrophe before it (OWASP, CSV injection). Quoted where a comma, a quotation mark or a line break is in it; and a
 * semicolon, at which spreadsheets of half of Europe would cut.
 */
export function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",;\r\n\t]|^ | $/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
