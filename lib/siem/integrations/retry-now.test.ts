import { expect, it } from 'vitest';
import { NotFoundError } from '@/lib/siem/integrations/refusal';
import { retryNow } from '@/lib/siem/integrations/retry-now';
import { act, arrived, recordsOf, setStage, streamRow, upTo } from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

const forbidden = { status: 400, body: { text: 'Incorrect index', code: 7, 'invalid-event-number': 0 } };

it('a blocked stream tries at once instead of in five minutes, and goes on when Splunk is mended', async () => {
  const { source, splunk, id, drain } = await setStage();
  await act(source, 2);
  splunk.answerNext(forbidden);
  expect(await drain()).toBe('waiting');
  expect(await drain()).not.toBe('caught_up');
  await retryNow(source.organization.id, id);
  expect(await drain()).toBe('caught_up');
  expect(arrived(splunk)).toEqual(upTo(5));
  expect((await recordsOf(source)).map(({ action }) => action).slice(-2)).toEqual([
    'siem.integration.blocked',
    'siem.integration.recovered',
  ]);
});

it('does nothing to a stream that does not fail, and another organization’s is not found', async () => {
  const { source, id, drain } = await setStage();
  await drain();
  const before = await streamRow(id);
  await retryNow(source.organization.id, id);
  expect(await streamRow(id)).toEqual(before);
  const stranger = await createOrganization();
  for (const target of [id, 'no-uuid']) {
    await expect(retryNow(stranger.organization.id, target)).rejects.toThrow(NotFoundError);
  }
});
