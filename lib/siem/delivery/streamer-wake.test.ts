import { expect, it, onTestFinished, vi } from 'vitest';
import { announceCommitted } from '@/lib/audit/committed';
import { drain } from '@/lib/siem/delivery/drain';
import { startStreamer } from '@/lib/siem/delivery/streamer';
import { until } from '@/test/until';

// The moment between a drain's last look at the log and its end cannot be met on purpose with a real one.
vi.mock('@/lib/siem/delivery/drain', () => ({ drain: vi.fn() }));
vi.mock('@/lib/siem/delivery/due', () => ({
  dueIntegrations: async () => [],
  dueReplays: async () => [],
  integrationsOf: async (ids: string[]) => ids.map((id) => ({ id: `integration of ${id}`, lane: 'prompt' })),
}));
vi.mock('@/lib/siem/delivery/listen', () => ({ listenToInstances: () => async () => undefined }));

it('a commit while a drain runs makes one more drain right after it, never two at a time', async () => {
  const ends: (() => void)[] = [];
  vi.mocked(drain).mockImplementation(() => new Promise((resolve) => ends.push(() => resolve('caught_up'))));
  const streamer = startStreamer();
  onTestFinished(() => streamer.stop());

  announceCommitted(['acme']);
  await until(() => expect(ends).toHaveLength(1));
  announceCommitted(['acme']);
  announceCommitted(['acme', 'other']);
  await until(() => expect(ends).toHaveLength(2));
  expect(vi.mocked(drain).mock.calls.map(([id]) => id)).toEqual([
    'integration of acme',
    'integration of other',
  ]);

  ends[0]?.();
  await until(() => expect(ends).toHaveLength(3));
  expect(vi.mocked(drain).mock.lastCall?.[0]).toBe('integration of acme');
  for (const end of ends) end();
  await until(() => expect(ends).toHaveLength(3));
});
