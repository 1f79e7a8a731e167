import { describe, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { deliveryOf } from '@/lib/siem/event-delivery';
import { deleteIntegration } from '@/lib/siem/integrations/delete-integration';
import { pauseIntegration } from '@/lib/siem/integrations/pause-integration';
import { getIntegrationStatus, listIntegrations, worstStreamState } from '@/lib/siem/status';
import { act, setStage } from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

describe('the status of an integration', () => {
  it('counts what was delivered and names the last event with both its times', async () => {
    const { source, id, drain, splunk } = await setStage();
    const { id: organizationId } = source.organization;
    await act(source, 4);
    await drain();
    const status = await getIntegrationStatus(organizationId, id);
    expect(status).toMatchObject({
      name: 'Splunk',
      host: new URL(splunk.url).host,
      index: 'audit',
      tokenLast4: splunk.token.slice(-4),
      state: 'healthy',
      waiting: '0',
      oldestWaitingAt: null,
      deliveredTotal: '5',
      deliveredToday: '5',
      parked: 0,
      lastError: null,
      lastDelivered: { seq: '5', action: 'organization.invitation.revoke' },
      unaccounted: null,
      slowUntil: null,
    });
    const { occurredAt = '', deliveredAt = '' } = status?.lastDelivered ?? {};
    expect(Date.parse(deliveredAt)).toBeGreaterThanOrEqual(Date.parse(occurredAt));
    expect(status?.latency?.p95Ms).toBeGreaterThanOrEqual(status?.latency?.p50Ms ?? Number.NaN);
    expect(JSON.stringify(status)).not.toContain(splunk.token);
    const { tokenSealed } = await db().siemIntegration.findUniqueOrThrow({ where: { id } });
    expect(JSON.stringify(await listIntegrations(organizationId))).not.toContain(tokenSealed);
  });

  it('says cause and cure of the failure that stands, what waits, and when the next attempt is due', async () => {
    const { source, id, drain, splunk } = await setStage();
    await act(source, 2);
    splunk.setToken({ value: splunk.token, allowedIndexes: ['main'] });
    await drain();
    const [status] = await listIntegrations(source.organization.id);
    expect(status).toMatchObject({
      id,
      state: 'blocked',
      // With the event that says so.
      waiting: '4',
      deliveredTotal: '0',
      lastDelivered: null,
      latency: null,
      lastError: {
        standing: true,
        field: 'index',
        cause: 'index_not_allowed',
        message: 'The token may not write to index "audit"',
        httpStatus: 400,
        hecCode: 7,
        hecText: 'Incorrect index',
        attempts: 1,
      },
    });
    expect(Date.parse(status?.lastError?.nextAttemptAt ?? '')).toBeGreaterThan(Date.now());
    expect(Date.parse(status?.oldestWaitingAt ?? '')).toBeLessThanOrEqual(Date.now());
  });

  it('keeps the last error readable after the recovery, and reads one of an unknown version', async () => {
    const { source, id, drain, splunk } = await setStage();
    splunk.answerNext({ destroy: 'before' });
    await drain();
    expect(await getIntegrationStatus(source.organization.id, id)).toMatchObject({
      state: 'healthy',
      lastError: { standing: false, nextAttemptAt: null },
    });
    await db().siemStream.update({
      where: { integrationId: id },
      data: { lastError: { id: 'from_the_future', since: new Date().toISOString() } },
    });
    expect((await getIntegrationStatus(source.organization.id, id))?.lastError?.message).toBe(
      'Delivery failed (from_the_future)',
    );
  });

  it('is nothing to another organization', async () => {
    const { id } = await setStage();
    const stranger = await createOrganization();
    expect(await getIntegrationStatus(stranger.organization.id, id)).toBeUndefined();
    expect(await getIntegrationStatus(stranger.organization.id, 'no-uuid')).toBeUndefined();
    expect(await listIntegrations(stranger.organization.id)).toEqual([]);
    expect(await worstStreamState(stranger.organization.id)).toBeUndefined();
  });
});

describe('the delivery of one event', () => {
  it('is told for each integration: delivered, parked, waiting behind others, or before its start', async () => {
    const { source, id, drain, splunk } = await setStage();
    const { id: organizationId } = source.organization;
    await act(source, 2);
    splunk.answerNext({ status: 400, body: { text: 'Too odd', code: 12, 'invalid-event-number': 1 } });
    await drain();
    const integration = { id, name: 'Splunk' };
    expect(await deliveryOf(organizationId, '1')).toMatchObject([
      { integration, state: 'delivered', attempts: 1 },
    ]);
    expect(await deliveryOf(organizationId, 2n)).toMatchObject([
      { integration, state: 'parked', reason: 'Too odd' },
    ]);
    expect(await deliveryOf(organizationId, 3n)).toMatchObject([{ state: 'delivered' }]);

    await pauseIntegration(source, id);
    await act(source, 1);
    expect(await deliveryOf(organizationId, 4n)).toEqual([
      { integration, state: 'waiting', ahead: 0, stream: 'paused' },
    ]);
    expect(await deliveryOf(organizationId, 5n)).toEqual([
      { integration, state: 'waiting', ahead: 1, stream: 'paused' },
    ]);
    expect(await worstStreamState(organizationId)).toBe('paused');
    expect(await deliveryOf(organizationId, 99n)).toEqual([]);

    await deleteIntegration(source, id);
    expect(await deliveryOf(organizationId, 1n)).toEqual([]);
  });

  it('says "before its start" for what an integration was not there for', async () => {
    const source = await createOrganization();
    await act(source, 2);
    const { createIntegration } = await import('@/lib/siem/integrations/create-integration');
    await createIntegration(source, {
      hecUrl: 'https://splunk.example.com',
      hecToken: 'token-0123456789',
      index: '',
    });
    expect(await deliveryOf(source.organization.id, 2n)).toMatchObject([{ state: 'before_start' }]);
    expect(await deliveryOf(source.organization.id, 3n)).toMatchObject([{ state: 'waiting', ahead: 0 }]);
  });
});
