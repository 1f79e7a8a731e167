import { expect, test } from 'vitest';
import { onShutdown, runShutdown } from '@/lib/shutdown';

test('endings run once, the last registered first', async () => {
  const order: string[] = [];
  onShutdown('pool', () => void order.push('pool'));
  onShutdown('streamer', async () => void order.push('streamer'));
  expect(await runShutdown(1_000)).toEqual([]);
  expect(await runShutdown(1_000)).toEqual([]);
  expect(order).toEqual(['streamer', 'pool']);
});

test('registering a name again replaces the ending and keeps its place', async () => {
  const order: string[] = [];
  onShutdown('pool', () => void order.push('old pool'));
  onShutdown('streamer', () => void order.push('streamer'));
  onShutdown('pool', () => void order.push('pool'));
  await runShutdown(1_000);
  expect(order).toEqual(['streamer', 'pool']);
});

test('an ending that throws does not keep the others from running', async () => {
  let ended = false;
  onShutdown('pool', () => {
    ended = true;
  });
  onShutdown('streamer', () => Promise.reject(new Error('lease lost')));
  expect(await runShutdown(1_000)).toEqual(['streamer did not end well: lease lost']);
  expect(ended).toBe(true);
});

test('an ending that hangs is given up at the deadline, and is named', async () => {
  onShutdown('streamer', () => new Promise(() => {}));
  expect(await runShutdown(20)).toEqual(['streamer did not end within 20 ms']);
});
