import { randomUUID } from 'node:crypto';
import type { AuditSource } from '@/lib/audit/event';
import { insertRecords } from '@/lib/audit/insert-records';
import { buildRecord } from '@/lib/audit/record';
import { uuidV7 } from '@/lib/audit/uuid-v7';
import { db } from '@/lib/db/client';
import { beginAttempt } from '@/lib/siem/delivery/attempt';
import { acquireLease } from '@/lib/siem/delivery/lease';
import { settle } from '@/lib/siem/delivery/settle';
import { unchanged } from '@/lib/siem/delivery/settlement';
import { createIntegration } from '@/lib/siem/integrations/create-integration';
import { dismissParked } from '@/lib/siem/parked/dismiss-parked';
import { retryParked } from '@/lib/siem/parked/retry-parked';
import { cancelReplay, pauseReplay, resumeReplay } from '@/lib/siem/replay/change-replay';
import { startReplay } from '@/lib/siem/replay/start-replay';
import { recordHeartbeats } from '@/lib/siem/upkeep/heartbeat';
import type { Prepare } from '@/test/forced-failure/world';
import { createOrganization } from '@/test/organization';

/** An integration that nobody drains, because no streamer runs. */
async function integrated() {
  const source = await createOrganization();
  const { id } = await createIntegration(source, {
    hecUrl: 'https://127.0.0.1:18088',
    hecToken: randomUUID(),
    index: 'audit',
    heartbeatMinutes: 1,
  });
  return { source, id };
}

/** One whose event was refused by Splunk. */
async function refused() {
  const { source, id } = await integrated();
  await db().siemParked.create({
    data: { integrationId: id, seq: 1n, httpStatus: 400, hecCode: 12, reason: 'Odd' },
  });
  return { source, id };
}

/** One that has sent everything. */
async function caughtUp() {
  const { source, id } = await integrated();
  await db().$executeRaw`
    UPDATE siem_stream s SET cursor = h.seq FROM audit_head h
     WHERE s.integration_id = ${id}::uuid AND h.organization_id = s.organization_id`;
  return { source, id };
}

async function replayed() {
  const { source, id } = await caughtUp();
  const { id: replay } = await startReplay(source, id, everything());
  return { source, replay };
}

const everything = () => ({ from: new Date(0), to: new Date(Date.now() + 60_000) });

/** An event of an hour ago, the last one of the log. */
async function addOldEvent(source: AuditSource): Promise<void> {
  const time = new Date(Date.now() - 3_600_000);
  const event = { ...source, action: 'organization.invitation.revoke' as const, targets: [], metadata: {} };
  await insertRecords(db(), [buildRecord(event, uuidV7(time), time)]);
}

/** What is done about the delivery, by people and by itself. */
export const delivery: Record<string, Prepare> = {
  async retryParked() {
    const { source, id } = await refused();
    return () => retryParked(source, id, 'all');
  },
  async dismissParked() {
    const { source, id } = await refused();
    return () => dismissParked(source, id, '1', 'A test of ours');
  },
  async startReplay() {
    const { source, id } = await caughtUp();
    return () => startReplay(source, id, everything());
  },
  async pauseReplay() {
    const { source, replay } = await replayed();
    return () => pauseReplay(source, replay);
  },
  async resumeReplay() {
    const { source, replay } = await replayed();
    await pauseReplay(source, replay);
    return () => resumeReplay(source, replay);
  },
  async cancelReplay() {
    const { source, replay } = await replayed();
    return () => cancelReplay(source, replay);
  },
  async recordHeartbeats() {
    const { source, id } = await integrated();
    await addOldEvent(source);
    await db().siemStream.update({ where: { integrationId: id }, data: { cursor: 2n } });
    return recordHeartbeats;
  },
  // The stream is blocked, which the log has to say.
  async settle() {
    const { id } = await integrated();
    const lease = await acquireLease(id, 'test', 60_000);
    const attempt = lease && (await beginAttempt(lease));
    if (!attempt) throw new Error('the stream is not due');
    const problem = { id: 'index_not_allowed' as const, since: new Date() };
    const settlement = { ...unchanged(attempt), state: 'blocked' as const, problem, failing: true };
    return () => settle(lease, attempt, settlement, { batch: undefined, latencyMs: 1 });
  },
};
