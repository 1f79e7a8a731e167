import { randomUUID } from 'node:crypto';
import type { Query } from '@/e2e/database';
import type { Organization } from '@/e2e/fixtures';
import { columnsOf, recordSchema } from '@/lib/audit/columns';
import type { AuditEvent } from '@/lib/audit/event';
import { buildRecord } from '@/lib/audit/record';
import { uuidV7 } from '@/lib/audit/uuid-v7';

/** What a test wants to be special about an event; the rest is a scan that Alice Fox started a moment ago. */
export type EventDraft = Partial<Omit<AuditEvent, 'organization'>> & { time?: Date };
export type AddedEvent = { id: string; seq: number };

/** Writes events as the product would have: real records, which the table's own trigger numbers and seals. */
export async function insertEvents(
  query: Query,
  organization: Organization,
  drafts: readonly EventDraft[],
): Promise<AddedEvent[]> {
  const rows = drafts.map((draft) => {
    const time = draft.time ?? new Date();
    const record = buildRecord({ ...ordinary(), ...draft, organization }, uuidV7(time), time);
    return { ...columnsOf(recordSchema.parse(JSON.parse(record))), record };
  });
  const inserted = await query<{ id: string; seq: string }>(
    `INSERT INTO audit_event (organization_id, id, occurred_at, action, outcome, actor_type, actor_id, actor_name,
                              actor_email, target_type, target_id, target_name, ip, origin, request_id, session_id,
                              record)
     SELECT "organizationId", id, "occurredAt", action, outcome, "actorType", "actorId", "actorName",
            "actorEmail", "targetType", "targetId", "targetName", ip, origin, "requestId", "sessionId", record
       FROM jsonb_to_recordset($1) AS e ("organizationId" uuid, id uuid, "occurredAt" timestamptz, action text,
            outcome text, "actorType" text, "actorId" text, "actorName" text, "actorEmail" text, "targetType" text,
            "targetId" text, "targetName" text, ip inet, origin text, "requestId" text, "sessionId" text, record text)
     RETURNING id, seq`,
    [JSON.stringify(rows)],
  );
  return inserted.map(({ id, seq }) => ({ id, seq: Number(seq) }));
}

function ordinary(): Omit<AuditEvent, 'organization'> {
  return {
    actor: { type: 'user', id: randomUUID(), name: 'Alice Fox', email: 'alice@acme.example', role: 'admin' },
    action: 'scan.start',
    targets: [{ type: 'scan', id: randomUUID(), name: 'prod-weekly' }],
    context: { ip: '203.0.113.7', user_agent: 'Mozilla/5.0 (X11; Linux)', origin: 'console' },
    metadata: { run_id: randomUUID(), trigger: 'manual' },
  };
}
