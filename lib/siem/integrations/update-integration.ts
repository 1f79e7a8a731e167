import { isDeepStrictEqual } from 'node:util';
import type { AuditMetadata } from '@/lib/audit/catalog';
import type { AuditSource, Change } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { type Tx, withTransaction } from '@/lib/audit/transaction';
import { seal } from '@/lib/crypto/seal';
import { tokenPlace } from '@/lib/siem/delivery/clients';
import {
  lastFour,
  parseConnectionPart,
  sameOrigin,
  shownAddress,
  tokenNeeded,
} from '@/lib/siem/integrations/connection';
import { describeHeartbeat, parseHeartbeat } from '@/lib/siem/integrations/heartbeat-setting';
import { integrationTarget, lockIntegration, namesTaken } from '@/lib/siem/integrations/lock';
import { parseName } from '@/lib/siem/integrations/name';
import { describeTrust, storedTrust, type TlsTrust, trustColumns } from '@/lib/siem/splunk/trust';

/** What is absent stays as it is. */
export type IntegrationChanges = {
  readonly name?: string | undefined;
  readonly hecUrl?: string | undefined;
  /** Empty: the token's default index. */
  readonly index?: string | undefined;
  readonly hecToken?: string | undefined;
  readonly trust?: TlsTrust | undefined;
  /** Minutes of silence; null: no heartbeat. */
  readonly heartbeatMinutes?: number | null | undefined;
};

/**
 * Changes an integration. Its position stays: events that the old address did not confirm go to the new one. A request
 * that is under way may end, but nothing comes of it; the same goes for a change of what is trusted. The stored token never goes to another scheme, host or port: a
 * change of these needs the token again (security.md #67). Records nothing when nothing changes.
 * Throws {@link NotFoundError} or a {@link RefusedError} that names the field.
 */
export async function updateIntegration(
  source: AuditSource,
  id: string,
  input: IntegrationChanges,
): Promise<void> {
  const typed = parseConnectionPart(input);
  const heartbeat = input.heartbeatMinutes === undefined ? undefined : parseHeartbeat(input.heartbeatMinutes);
  await withTransaction(async (tx) => {
    const organizationId = source.organization.id;
    const current = await lockIntegration(tx, organizationId, id);
    const next = {
      name:
        input.name === undefined
          ? current.name
          : parseName(input.name, await namesTaken(tx, organizationId, id)),
      hecUrl: input.hecUrl === undefined ? current.hecUrl : shownAddress(input.hecUrl),
      eventUrl: typed.address?.eventUrl ?? current.eventUrl,
      index: typed.index === undefined ? current.index : typed.index,
      heartbeatMinutes: heartbeat === undefined ? current.heartbeatMinutes : heartbeat,
      ...trustColumns(typed.trust ?? storedTrust(current)),
    };
    const moved = !sameOrigin(next.eventUrl, current.eventUrl);
    if (moved && typed.token === undefined) throw tokenNeeded;

    const changes: (Change & { field: ChangedField })[] = [];
    const note = (field: ChangedField, from: string | null, to: string | null) => {
      if (from !== to) changes.push({ field, from: from ?? undefined, to: to ?? undefined });
    };
    note('name', current.name, next.name);
    note('hec_url', current.eventUrl, next.eventUrl);
    note('index', current.index, next.index);
    const [trusted, trusts] = [storedTrust(current), storedTrust(next)];
    if (!isDeepStrictEqual(trusted, trusts)) {
      changes.push({ field: 'trust', from: describeTrust(trusted), to: describeTrust(trusts) });
    }
    note('heartbeat', describeHeartbeat(current.heartbeatMinutes), describeHeartbeat(next.heartbeatMinutes));
    if (typed.token !== undefined) changes.push({ field: 'token' });
    const destinationChanged = changes.some(({ field }) => field !== 'name' && field !== 'heartbeat');

    await tx.siemIntegration.update({
      where: { organizationId_id: { organizationId, id } },
      data: {
        ...next,
        ...(typed.token !== undefined && {
          tokenSealed: seal(typed.token, tokenPlace(id)),
          tokenLast4: lastFour(typed.token),
          tokenSetAt: new Date(),
        }),
        ...(destinationChanged && { version: { increment: 1 } }),
      },
    });
    if (destinationChanged) await fenceStream(tx, id, moved);
    if (changes.length === 0) return;
    recordAudit(tx, {
      ...source,
      action: 'siem.integration.update',
      targets: integrationTarget({ id, name: next.name }),
      changes,
      metadata: { fields: changes.map(({ field }) => field) },
    });
  });
}

type ChangedField = AuditMetadata<'siem.integration.update'>['fields'][number];

/** Gives the integration another token. See {@link updateIntegration}. */
export function replaceToken(
  source: AuditSource,
  id: string,
  { hecToken }: { hecToken: string },
): Promise<void> {
  return updateIntegration(source, id, { hecToken });
}

/**
 * Raises the epoch, so that an attempt with the old settings cannot settle: neither can its success move the cursor, for
 * the new destination has not got those events, nor its failure block the new settings; the same for its replays. The
 * next attempt is due at once.
 * A new receiver also starts without what was learnt about the old one.
 */
async function fenceStream(tx: Tx, integrationId: string, moved: boolean): Promise<void> {
  await tx.$executeRaw`
    UPDATE siem_stream
       SET epoch = epoch + 1, lease_owner = NULL, lease_until = NULL, attempt = 0, next_attempt_at = clock_timestamp(),
           gzip = gzip OR ${moved}, max_events = CASE WHEN ${moved} THEN 500 ELSE max_events END,
           slow_until = CASE WHEN ${moved} THEN NULL ELSE slow_until END
     WHERE integration_id = ${integrationId}::uuid`;
  await tx.$executeRaw`
    UPDATE siem_replay
       SET epoch = epoch + 1, lease_owner = NULL, lease_until = NULL, attempt = 0, next_attempt_at = clock_timestamp()
     WHERE integration_id = ${integrationId}::uuid AND state IN ('running', 'paused')`;
}
