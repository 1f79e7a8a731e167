import { expect, it } from 'vitest';
import { asTheyCome } from '@/lib/action/as-they-come';

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const heard: T[] = [];
  for await (const value of values) heard.push(value);
  return heard;
}

it('every value is heard once and in order, those given at once and those given later', async () => {
  const values = asTheyCome<number>(async (emit) => {
    emit(1);
    emit(2);
    await new Promise(setImmediate);
    emit(3);
    return 4;
  });
  expect(await all(values)).toEqual([1, 2, 3, 4]);
});

it('the work ends although nobody listens any more', async () => {
  let done = false;
  const values = asTheyCome<number>(async (emit) => {
    emit(1);
    await new Promise(setImmediate);
    done = true;
    return 2;
  });
  for await (const value of values) {
    expect(value).toBe(1);
    break;
  }
  await expect.poll(() => done).toBe(true);
});

it('a failure comes after what was given before it, and troubles nobody else', async () => {
  const values = asTheyCome<number>(async (emit) => {
    emit(1);
    throw new Error('broken');
  });
  const heard: number[] = [];
  await new Promise(setImmediate);
  const listening = (async () => {
    for await (const value of values) heard.push(value);
  })();
  await expect(listening).rejects.toThrow('broken');
  expect(heard).toEqual([1]);
});
