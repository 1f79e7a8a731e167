import { canonicalJson, type Json } from './canonical-json';
import { type AuditAction, catalog } from './catalog';
import type { AuditEvent, Change } from './event';
import { canonicalIp } from './ip-address';
import { neutralText, neutralTree, truncationMark } from './neutralize';
import type { Tx } from './transaction';

/** 64 KiB in UTF-8, the same as the table's CHECK: far below HEC's 5 MB maxEventSize (hec.md §1.4). */
export const maxRecordBytes = 64 * 1024;

const maxNameLength = 300;
const maxUserAgentLength = 512;
const maxTargets = 20;
const maxChanges = 100;
/** Lengths tried in turn until a record fits. */
const valueLengths = [8_192, 1_024, 128];
/** Targets kept where even that was too long. A control character takes six bytes: five are 18 KB, all the rest 21 KB. */
const lastTargets = 5;

/**
 * Records an event in the transaction of the change itself. It is written, numbered and sealed as the last act before
 * commit; if it cannot be written the change does not happen. Throws a ZodError when the metadata is not what the
 * catalogue allows for the action.
 */
export function recordAudit<A extends AuditAction>(tx: Tx, event: AuditEvent<A>): void {
  const metadata = catalog[event.action].metadata.parse(event.metadata);
  tx.auditEvents.push({ ...event, metadata });
}

/** An event that {@link recordAudit} has checked and a transaction holds until its flush. */
export type PendingEvent = Omit<AuditEvent, 'metadata'> & { metadata: unknown };

/**
 * The record of design §3.2 as canonical JSON: these bytes are hashed, stored, exported and sent to Splunk, and are
 * never serialized a second time. At most {@link maxRecordBytes} long; what does not fit is cut and marked.
 */
export function buildRecord(event: PendingEvent, id: string, time: Date): string {
  for (const length of valueLengths) {
    const record = canonicalJson(recordTree(event, id, time, length));
    if (Buffer.byteLength(record) <= maxRecordBytes) return record;
  }
  const bare = {
    ...event,
    targets: event.targets.slice(0, lastTargets),
    metadata: { truncated: true },
    changes: [],
  };
  return canonicalJson(recordTree(bare, id, time, 128));
}

function recordTree(event: PendingEvent, id: string, time: Date, valueLength: number): Json {
  const name = (text: string | undefined) =>
    text === undefined ? undefined : neutralText(text, maxNameLength);
  const { organization, actor, context } = event;
  return {
    id,
    version: 1,
    time: time.toISOString(),
    action: event.action,
    outcome: event.outcome ?? 'success',
    organization: { id: organization.id, slug: name(organization.slug), name: name(organization.name) },
    actor: {
      type: actor.type,
      id: name(actor.id),
      name: name(actor.name),
      email: name(actor.email),
      role: name(actor.role),
    },
    targets: event.targets
      .slice(0, maxTargets)
      .map((target) => ({ type: target.type, id: name(target.id), name: name(target.name) })),
    context: {
      ip: canonicalIp(context.ip),
      user_agent:
        context.user_agent === undefined ? undefined : neutralText(context.user_agent, maxUserAgentLength),
      request_id: name(context.request_id),
      session_id: name(context.session_id),
      origin: context.origin,
    },
    changes: (event.changes ?? []).slice(0, maxChanges).map((change) => changeTree(change, valueLength)),
    metadata: neutralTree(event.metadata, valueLength) ?? truncationMark,
  };
}

function changeTree(change: Change, valueLength: number): Json {
  const text = (value: string | undefined) =>
    value === undefined ? undefined : neutralText(value, valueLength);
  return { field: neutralText(change.field, 200), from: text(change.from), to: text(change.to) };
}
