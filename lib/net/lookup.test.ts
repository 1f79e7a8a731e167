import { expect, it, onTestFinished, vi } from 'vitest';
import { fairLookup } from '@/lib/net/lookup';

type Question = { answer(address: string): void; fail(): void };

/** A resolver whose answers come when a test gives them. */
function resolver() {
  const open = new Map<string, Question>();
  const asked: string[] = [];
  const lookup = fairLookup(
    (host) =>
      new Promise((resolve, reject) => {
        asked.push(host);
        open.set(host, {
          answer: (address) => resolve([{ address, family: 4 }]),
          fail: () => reject(Object.assign(new Error('away'), { code: 'EAI_AGAIN' })),
        });
      }),
  );
  const question = (host: string): Question => {
    const found = open.get(host);
    if (!found) throw new Error(`${host} was not asked for`);
    return found;
  };
  return { lookup, asked, question };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('names that failed are asked for one at a time, and a name that is well never waits for them', async () => {
  const { lookup, asked, question } = resolver();
  for (const host of ['a', 'b', 'c']) {
    const failing = lookup(host);
    question(host).fail();
    await expect(failing).rejects.toThrow('away');
  }
  const again = ['a', 'b', 'c'].map((host) => lookup(host).catch(() => undefined));
  await settled();
  expect(asked.slice(3)).toEqual(['a']);
  const well = lookup('well');
  question('well').answer('192.0.2.1');
  expect(await well).toEqual([{ address: '192.0.2.1', family: 4 }]);

  question('a').fail();
  await settled();
  expect(asked.slice(3)).toEqual(['a', 'well', 'b']);
  question('b').answer('192.0.2.2');
  await settled();
  question('c').answer('192.0.2.3');
  await Promise.all(again);
  void lookup('b');
  void lookup('c');
  expect(asked.slice(-2)).toEqual(['b', 'c']);
});

it('a name that takes long is doubtful before it has failed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { lookup, asked, question } = resolver();
  for (const host of ['a', 'b']) {
    const slow = lookup(host);
    vi.advanceTimersByTime(1_100);
    question(host).fail();
    await slow.catch(() => undefined);
  }
  void lookup('a').catch(() => undefined);
  void lookup('b').catch(() => undefined);
  await settled();
  expect(asked).toEqual(['a', 'b', 'a']);
});

it('a name that is being asked for is not asked for twice', async () => {
  const { lookup, asked, question } = resolver();
  const both = Promise.all([lookup('a'), lookup('a')]);
  question('a').answer('192.0.2.1');
  expect(await both).toEqual([[{ address: '192.0.2.1', family: 4 }], [{ address: '192.0.2.1', family: 4 }]]);
  expect(asked).toEqual(['a']);
});
