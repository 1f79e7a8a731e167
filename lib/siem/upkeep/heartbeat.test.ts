import { describe, expect, it } from 'vitest';
import type { AuditSource } from '@/lib/audit/event';
import { createIntegration } from '@/lib/siem/integrations/create-integration';
import { pauseIntegration } from '@/lib/siem/integrations/pause-integration';
import { attack } from '@/lib/siem/testing/attack';
import { act, arrived, openStream, recordsOf, startSplunk } from '@/lib/siem/testing/stage';
import { recordHeartbeats } from '@/lib/siem/upkeep/heartbeat';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

const { superuserUrl } = useDatabase();

/** An organization whose stream wants a heartbeat after an hour and has caught up. */
async function setIdleStage(heartbeatMinutes: number | null = 60) {
  const splunk = await startSplunk();
  const source = await createOrganization();
  const settings = { hecUrl: splunk.url, hecToken: splunk.token, index: '', heartbeatMinutes };
  const { id } = await createIntegration(source, settings);
  const drain = openStream(id);
  await drain();
  return { source, splunk, id, drain, settings };
}

/** Lets everything in the log have happened so long ago. */
function age(source: AuditSource, minutes: number): Promise<void> {
  return attack(
    superuserUrl,
    source,
    `UPDATE audit_event SET occurred_at = now() - interval '${minutes} minutes' WHERE organization_id = $1`,
  );
}

const actions = async (source: AuditSource) => (await recordsOf(source)).map(({ action }) => action);

describe('an idle stream', () => {
  it('gets a heartbeat from the system itself, which arrives like every other event', async () => {
    const { source, splunk, id, drain } = await setIdleStage();
    await age(source, 61);
    await recordHeartbeats();
    expect((await recordsOf(source)).at(-1)).toMatchObject({
      action: 'siem.heartbeat',
      actor: { type: 'system' },
      context: { origin: 'system' },
      targets: [{ type: 'siem_integration', id }],
      metadata: { idle_minutes: 60 },
    });
    await drain();
    expect(arrived(splunk)).toEqual([1n, 2n]);
  });

  it('gets one, not one for each process and each look', async () => {
    const { source, drain } = await setIdleStage();
    await age(source, 61);
    await Promise.all(Array.from({ length: 4 }, () => recordHeartbeats()));
    await drain();
    await recordHeartbeats();
    expect(await actions(source)).toEqual(['siem.integration.create', 'siem.heartbeat']);
  });

  it('shares it with the organization’s other integrations', async () => {
    const { source, drain, settings } = await setIdleStage();
    const { id: second } = await createIntegration(source, settings);
    const drainSecond = openStream(second);
    await Promise.all([drain(), drainSecond()]);
    await age(source, 61);
    await recordHeartbeats();
    await recordHeartbeats();
    expect((await actions(source)).filter((action) => action === 'siem.heartbeat')).toHaveLength(1);
  });
});

it('there is no heartbeat where none is wanted, something happened, something waits, or the stream is paused', async () => {
  const unwanted = await setIdleStage(null);
  await age(unwanted.source, 600);
  const busy = await setIdleStage();
  await age(busy.source, 59);
  const behind = await setIdleStage();
  await act(behind.source);
  await age(behind.source, 61);
  const paused = await setIdleStage();
  await pauseIntegration(paused.source, paused.id);
  await age(paused.source, 61);
  await recordHeartbeats();
  for (const { source } of [unwanted, busy, behind, paused]) {
    expect(await actions(source)).not.toContain('siem.heartbeat');
  }
});
