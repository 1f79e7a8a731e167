import { expect, test } from 'vitest';
import { shownState } from '@/components/siem/stream-state';

const now = new Date('2026-11-24T12:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000).toISOString();
const stream = { state: 'healthy', lastDelivered: null, deliveredTotal: '0', oldestWaitingAt: null } as const;

test.each([
  ['waiting', {}],
  ['waiting', { oldestWaitingAt: ago(59) }],
  ['catching_up', { oldestWaitingAt: ago(60) }],
  ['catching_up', { deliveredTotal: '7', oldestWaitingAt: ago(60) }],
  ['healthy', { deliveredTotal: '7', oldestWaitingAt: ago(59) }],
  ['healthy', { deliveredTotal: '7' }],
  ['degraded', { state: 'degraded', oldestWaitingAt: ago(600) }],
  ['blocked', { state: 'blocked' }],
  ['paused', { state: 'paused', oldestWaitingAt: ago(600) }],
] as const)('a stream is shown as %s: %j', (shown, facts) => {
  expect(shownState({ ...stream, ...facts }, now)).toBe(shown);
});
