import { onTestFinished } from 'vitest';
import type { AuditSource } from '@/lib/audit/event';
import { recordAudit } from '@/lib/audit/record';
import { withTransaction } from '@/lib/audit/transaction';
import { db } from '@/lib/db/client';
import { HecClients } from '@/lib/siem/delivery/clients';
import { type DrainOptions, drain } from '@/lib/siem/delivery/drain';
import { createIntegration } from '@/lib/siem/integrations/create-integration';
import { type Simulator, type SimulatorOptions, startSimulator } from '@/splunk/simulator/simulator';
import { createOrganization } from '@/test/organization';

/** An organization with one integration and the Splunk it sends to. The event of the creation, seq 1, waits already. */
export type Stage = {
  readonly source: AuditSource;
  readonly splunk: Simulator;
  readonly id: string;
  /** One drain, as the streamer would run it. */
  drain(options?: Partial<DrainOptions>): ReturnType<typeof drain>;
};

export async function setStage(options: Partial<SimulatorOptions> = {}): Promise<Stage> {
  const splunk = await startSplunk(options);
  const source = await createOrganization();
  const { id } = await createIntegration(source, {
    hecUrl: splunk.url,
    hecToken: splunk.token,
    index: 'audit',
  });
  return { source, splunk, id, drain: openStream(id) };
}

/** Drains that integration once per call, as the streamer would; its connections end with the test. */
export function openStream(id: string): Stage['drain'] {
  const clients = openClients();
  return (more) => drain(id, { owner: 'test', clients, ...more });
}

export async function startSplunk(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const splunk = await startSimulator({ port: 0, ...options });
  onTestFinished(() => splunk.close());
  return splunk;
}

export function openClients(): HecClients {
  const clients = new HecClients();
  onTestFinished(() => clients.close());
  return clients;
}

/** Records `count` events in one transaction; `bulky` ones have about 7 KB. */
export async function act(source: AuditSource, count = 1, { bulky = false } = {}): Promise<void> {
  const names = bulky ? Array.from({ length: 20 }, () => 'x'.repeat(280)) : ['Bob Hale'];
  const targets = names.map((name) => ({ type: 'invitation' as const, id: 'i-1', name }));
  await withTransaction(async (tx) => {
    for (let n = 0; n < count; n++) {
      recordAudit(tx, { ...source, action: 'organization.invitation.revoke', targets, metadata: {} });
    }
  });
}

/** The seqs that Splunk has, in order of arrival. */
export function arrived(splunk: Simulator): bigint[] {
  return splunk.events().map(({ raw }) => BigInt(/"event":\{"seq":(\d+)/.exec(raw)?.[1] ?? -1));
}

/** 1 to `last`. */
export function upTo(last: number): bigint[] {
  return Array.from({ length: last }, (_, index) => BigInt(index + 1));
}

/** The records of an organization's log, oldest first. */
export async function recordsOf({ organization }: AuditSource) {
  const rows = await db().auditEvent.findMany({
    where: { organizationId: organization.id },
    orderBy: { seq: 'asc' },
  });
  return rows.map(({ record }) => JSON.parse(record));
}

export function streamRow(integrationId: string) {
  return db().siemStream.findUniqueOrThrow({ where: { integrationId } });
}

export function receiptRows(integrationId: string) {
  return db().siemReceipt.findMany({ where: { integrationId }, orderBy: { lastSeq: 'asc' } });
}

export function parkedRows(integrationId: string) {
  return db().siemParked.findMany({ where: { integrationId }, orderBy: { seq: 'asc' } });
}

/** Lets the next attempt begin now, as if the waiting time had passed. A time of now would be rounded, also upwards. */
export async function skipWait(integrationId: string): Promise<void> {
  await db().$executeRaw`
    UPDATE siem_stream SET next_attempt_at = clock_timestamp() - interval '1 second'
     WHERE integration_id = ${integrationId}::uuid`;
}
