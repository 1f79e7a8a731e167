import { z } from 'zod';
import { partyRef } from './party-ref';

const optionalText = z.string().optional();

/** What every record of version 1 holds. Unknown members are kept out: a reader of old rows must not fail on new ones. */
export const recordSchema = z.object({
  id: z.string(),
  version: z.literal(1),
  time: z.iso.datetime({ precision: 3 }),
  action: z.string(),
  outcome: z.enum(['success', 'failure']),
  organization: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  actor: z.object({
    type: z.enum(['user', 'api_key', 'system', 'anonymous']),
    id: optionalText,
    name: optionalText,
    email: optionalText,
    role: optionalText,
  }),
  targets: z.array(z.object({ type: z.string(), id: optionalText, name: optionalText })),
  context: z.object({
    ip: optionalText,
    user_agent: optionalText,
    request_id: optionalText,
    session_id: optionalText,
    origin: z.string(),
  }),
  changes: z.array(z.object({ field: z.string(), from: optionalText, to: optionalText })),
  metadata: z.record(z.string(), z.unknown()),
});

export type AuditRecord = z.infer<typeof recordSchema>;

/** A stored record, read leniently: undefined when it is damaged or of another version. */
export function readRecord(stored: string): AuditRecord | undefined {
  try {
    return recordSchema.safeParse(JSON.parse(stored)).data;
  } catch {
    return undefined;
  }
}

/**
 * The columns that repeat a part of the record so that it can be searched. The writer stores them, the two refs excepted,
 * which the trigger computes, and `verify` compares them all: a column that says something else than the sealed record
 * is found.
 */
export function columnsOf(record: AuditRecord) {
  const { actor, context } = record;
  const target = record.targets[0];
  return {
    id: record.id,
    organizationId: record.organization.id,
    occurredAt: record.time,
    action: record.action,
    outcome: record.outcome,
    actorType: actor.type,
    actorId: actor.id ?? null,
    actorName: actor.name ?? null,
    actorEmail: actor.email ?? null,
    targetType: target?.type ?? null,
    targetId: target?.id ?? null,
    targetName: target?.name ?? null,
    ip: context.ip ?? null,
    origin: context.origin,
    requestId: context.request_id ?? null,
    sessionId: context.session_id ?? null,
    actorRef: partyRef(actor.type, actor.id, actor.name, actor.email),
    targetRef: target ? partyRef(target.type, target.id, target.name, undefined) : null,
  };
}

export type AuditColumns = ReturnType<typeof columnsOf>;
