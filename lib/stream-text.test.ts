import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { log } from '@/lib/log';
import { streamText } from '@/lib/stream-text';

/** Parts that tell how many of them were made, and whether they were ended. */
function countedParts() {
  const seen = { made: 0, ended: false };
  async function* parts(): AsyncGenerator<string, void> {
    try {
      for (;;) {
        seen.made += 1;
        yield `part ${seen.made};`;
      }
    } finally {
      seen.ended = true;
    }
  }
  return { parts: parts(), seen };
}

test('a part is made when it is taken and not before, and a reader who leaves ends what makes them', async () => {
  const { parts, seen } = countedParts();
  const left = new AbortController();
  const reader = streamText(parts, left).getReader();
  expect(seen.made).toBe(0);
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('part 1;');
  expect(seen).toEqual({ made: 1, ended: false });
  await reader.cancel();
  expect(seen).toEqual({ made: 1, ended: true });
  expect(left.signal.aborted).toBe(true);
});

test('a reader who leaves while a part is waited for is no failure, whether the parts end or one still comes', async () => {
  const failure = vi.spyOn(log, 'error');
  for (const last of [[], ['too late']]) {
    const left = new AbortController();
    const asked = new AbortController();
    async function* waiting(): AsyncGenerator<string, void> {
      asked.abort();
      await once(left.signal, 'abort');
      yield* last;
    }
    const reader = streamText(waiting(), left).getReader();
    const next = reader.read();
    if (!asked.signal.aborted) await once(asked.signal, 'abort');
    await reader.cancel();
    expect((await next).done).toBe(true);
  }
  expect(failure).not.toHaveBeenCalled();
});

test('what goes wrong on the way breaks the answer off instead of ending it', async () => {
  async function* broken(): AsyncGenerator<string, void> {
    yield 'a part';
    throw new Error('the rest is gone');
  }
  const reader = streamText(broken()).getReader();
  await reader.read();
  await expect(reader.read()).rejects.toThrow('the rest is gone');
});
