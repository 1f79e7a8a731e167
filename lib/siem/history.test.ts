import { expect, it } from 'vitest';
import { hourlyDeliveries, recentAttempts } from '@/lib/siem/history';
import { act, setStage, skipWait } from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

it('tells the last attempts with their cause in words, and the last 24 hours by the hour', async () => {
  const { source, splunk, id, drain } = await setStage();
  const { id: organizationId } = source.organization;
  await act(source, 3);
  splunk.answerNext({ status: 503, body: { text: 'Server is busy', code: 9 } });
  await drain();
  await skipWait(id);
  await drain();
  expect(await recentAttempts(organizationId, id)).toMatchObject([
    { events: 4, httpStatus: 200, hecCode: 0, failure: null },
    { events: 4, httpStatus: 503, hecCode: 9, failure: { message: expect.stringContaining('busy') } },
  ]);
  expect(await recentAttempts(organizationId, id, 1)).toHaveLength(1);

  const hours = await hourlyDeliveries(organizationId, id);
  expect(hours).toHaveLength(24);
  expect(JSON.parse(JSON.stringify(hours))).toEqual(hours);
  expect(hours.reduce((sum, { events }) => sum + events, 0)).toBe(4);
  expect(hours.reduce((sum, { failures }) => sum + failures, 0)).toBe(1);
  const busy = hours.find(({ events }) => events > 0);
  expect(busy?.p95Ms).toBeGreaterThanOrEqual(busy?.p50Ms ?? Number.NaN);
  expect(hours[0]).toMatchObject({ events: 0, p50Ms: null });
});

it('is nothing to another organization', async () => {
  const { id } = await setStage();
  const { organization } = await createOrganization();
  for (const target of [id, 'no-uuid']) {
    expect(await recentAttempts(organization.id, target)).toEqual([]);
    expect(await hourlyDeliveries(organization.id, target)).toEqual([]);
  }
});
