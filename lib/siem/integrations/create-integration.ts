import { randomUUID } from 'node:crypto';
import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { seal } from '@/lib/crypto/seal';
import { tokenPlace } from '@/lib/siem/delivery/clients';
import {
  type ConnectionInput,
  hostOf,
  lastFour,
  parseConnection,
  shownAddress,
} from '@/lib/siem/integrations/connection';
import { parseHeartbeat } from '@/lib/siem/integrations/heartbeat-setting';
import { integrationTarget, lockHead, namesTaken } from '@/lib/siem/integrations/lock';
import { freeName, parseName } from '@/lib/siem/integrations/name';
import { RefusedError } from '@/lib/siem/integrations/refusal';
import { type StartPoint, startSeqOf } from '@/lib/siem/integrations/start-point';
import { trustColumns } from '@/lib/siem/splunk/trust';

/** Each has its own connection and up to 1 MB in flight; nobody has more Splunks than this. */
const maxIntegrations = 10;

export type NewIntegration = ConnectionInput & {
  /** "Splunk", "Splunk 2", … when absent. */
  readonly name?: string | undefined;
  /** From now on unless given. */
  readonly startFrom?: StartPoint | undefined;
  readonly paused?: boolean | undefined;
  /** Minutes of silence after which an idle stream gets a heartbeat event; none unless given. */
  readonly heartbeatMinutes?: number | null | undefined;
};

/**
 * Adds an integration. It starts exactly here unless told otherwise: the end of the log is locked, so every event before
 * this one counts as earlier, and the event of the creation is the first that is sent. Its commit wakes the streamer.
 * Throws a {@link RefusedError} that names the fields, or the limit of ten.
 */
export async function createIntegration(
  source: AuditSource,
  input: NewIntegration,
): Promise<{ id: string; name: string }> {
  const { eventUrl, token, index, trust } = parseConnection(input);
  const heartbeatMinutes = parseHeartbeat(input.heartbeatMinutes ?? null);
  const organizationId = source.organization.id;
  const paused = input.paused ?? false;
  return withTransaction(async (tx) => {
    const head = await lockHead(tx, organizationId);
    const taken = await namesTaken(tx, organizationId);
    if (taken.length >= maxIntegrations) throw tooMany;
    const id = randomUUID();
    const name = input.name === undefined ? freeName(taken) : parseName(input.name, taken);
    const startSeq = await startSeqOf(tx, organizationId, head, input.startFrom ?? 'now');

    await tx.siemIntegration.create({
      data: {
        id,
        organizationId,
        name,
        hecUrl: shownAddress(input.hecUrl),
        eventUrl,
        index: index ?? null,
        tokenSealed: seal(token, tokenPlace(id)),
        tokenLast4: lastFour(token),
        tokenSetAt: new Date(),
        channel: randomUUID(),
        heartbeatMinutes,
        ...trustColumns(trust),
      },
    });
    await tx.siemStream.create({
      data: {
        integrationId: id,
        organizationId,
        startSeq,
        cursor: startSeq,
        provenSeq: startSeq,
        ...(paused && { state: 'paused' as const, pausedBy: source.actor.name ?? null }),
      },
    });
    recordAudit(tx, {
      ...source,
      action: 'siem.integration.create',
      targets: integrationTarget({ id, name }),
      metadata: {
        host: hostOf(eventUrl),
        ...(index !== undefined && { index }),
        start_seq: startSeq.toString(),
        trust: trust.kind,
        ...(heartbeatMinutes !== null && { heartbeat_minutes: heartbeatMinutes }),
        paused,
      },
    });
    return { id, name };
  });
}

const tooMany = new RefusedError([
  {
    field: 'form',
    message: `An organization can have ${maxIntegrations} integrations`,
    hint: 'Delete one that you no longer need.',
  },
]);
