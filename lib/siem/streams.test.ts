import { expect, test } from 'vitest';
import { pauseIntegration } from '@/lib/siem/integrations/pause-integration';
import { listStreams } from '@/lib/siem/streams';
import { act, setStage } from '@/lib/siem/testing/stage';
import { useDatabase } from '@/test/database';
import { createOrganization } from '@/test/organization';

useDatabase();

test('a stream is told in brief: what waits, and while it stands, what keeps it from flowing', async () => {
  const { source, id, drain, splunk } = await setStage();
  const streams = () => listStreams(source.organization.id);
  await drain();
  const healthy = {
    id,
    name: 'Splunk',
    state: 'healthy',
    pausedBy: null,
    waiting: 0,
    parked: 0,
    cause: null,
  };
  expect(await streams()).toEqual([healthy]);

  await act(source, 2);
  splunk.setToken({ value: splunk.token, allowedIndexes: ['main'] });
  await drain();
  // The event of being blocked waits as well, and then that of the pause.
  expect(await streams()).toMatchObject([
    { state: 'blocked', waiting: 3, cause: { message: 'The token may not write to index "audit"' } },
  ]);
  await pauseIntegration(source, id);
  expect(await streams()).toMatchObject([{ state: 'paused', pausedBy: 'Alice Fox', waiting: 4 }]);
  expect(await listStreams((await createOrganization()).organization.id)).toEqual([]);
});
