import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Scheduler, type SchedulerOptions } from '@/lib/siem/delivery/scheduler';
import type { Turn } from '@/lib/siem/delivery/turn';
import { until } from '@/test/until';

type Job = { readonly turn: Turn; end(more?: boolean): void };

/** A scheduler whose jobs end when a test says so. */
function scheduler(options: Partial<SchedulerOptions>) {
  const running = new Map<string, Job>();
  const begun: string[] = [];
  const made = new Scheduler(
    (key, turn) =>
      new Promise((resolve) => {
        expect(running.has(key)).toBe(false);
        begun.push(key);
        const end = (more = false) => {
          running.delete(key);
          resolve(more);
        };
        running.set(key, { turn, end });
      }),
    options,
  );
  const job = (key: string): Job => {
    const found = running.get(key);
    if (!found) throw new Error(`${key} is not being sent`);
    return found;
  };
  return { scheduler: made, running, begun, job };
}

/** Lets what was resolved go on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

function fakeTime(): void {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
}

describe('places', () => {
  it('are handed out in the order of asking, and never more than there are', async () => {
    const { scheduler: places, begun, running, job } = scheduler({ prompt: 2 });
    for (const key of ['a', 'b', 'c', 'd']) places.wake(key, 'prompt');
    expect(begun).toEqual(['a', 'b']);
    expect(places.load).toEqual({ sending: 2, queued: 2 });
    job('b').end();
    await settled();
    expect([...running.keys()]).toEqual(['a', 'c']);
  });

  it('go to whoever has more to send only behind those who wait', async () => {
    const { scheduler: places, begun, job } = scheduler({ prompt: 1 });
    for (const key of ['huge', 'small']) places.wake(key, 'prompt');
    job('huge').end(true);
    await settled();
    job('small').end();
    await settled();
    expect(begun).toEqual(['huge', 'small', 'huge']);
  });

  it('are asked back after a turn, but only when somebody waits', () => {
    fakeTime();
    const { scheduler: places, job } = scheduler({ prompt: 1, turnMs: 1_000 });
    places.wake('huge', 'prompt');
    vi.advanceTimersByTime(5_000);
    expect(job('huge').turn.isOver()).toBe(false);
    places.wake('small', 'prompt');
    expect(job('huge').turn.isOver()).toBe(true);
  });

  it('let a batch be read ahead only while few are taken', () => {
    const { scheduler: places, job } = scheduler({ lookAheads: 2 });
    for (const key of ['a', 'b']) places.wake(key, 'prompt');
    expect(job('a').turn.mayLookAhead()).toBe(true);
    places.wake('c', 'prompt');
    expect(job('a').turn.mayLookAhead()).toBe(false);
  });

  it('survive a job that fails', async () => {
    const begun: string[] = [];
    const places = new Scheduler(
      async (key) => {
        begun.push(key);
        throw new Error('the database is away');
      },
      { prompt: 1 },
    );
    places.wake('a', 'prompt');
    places.wake('b', 'prompt');
    await until(() => expect(begun).toEqual(['a', 'b']));
    await until(() => expect(places.load.sending).toBe(0));
  });

  it('are not handed out any more once it stops, and the last ones are waited for', async () => {
    const { scheduler: places, begun, job } = scheduler({ prompt: 1 });
    places.wake('a', 'prompt');
    places.wake('b', 'prompt');
    let stopped = false;
    const stopping = places.stop().then(() => {
      stopped = true;
    });
    await settled();
    expect(stopped).toBe(false);
    job('a').end(true);
    await stopping;
    expect(begun).toEqual(['a']);
  });
});

describe('a slow receiver', () => {
  it('gives its prompt place to the next one while its request goes on', () => {
    fakeTime();
    const { scheduler: places, running, job } = scheduler({ prompt: 1, patient: 1, slowMs: 1_000 });
    places.wake('slow', 'prompt');
    places.wake('quick', 'prompt');
    job('slow').turn.request();
    vi.advanceTimersByTime(900);
    expect([...running.keys()]).toEqual(['slow']);
    vi.advanceTimersByTime(200);
    expect([...running.keys()]).toEqual(['slow', 'quick']);
  });

  it('goes by the patient lane the next time, until it was quick once', async () => {
    fakeTime();
    const { scheduler: places, running, job } = scheduler({ prompt: 1, patient: 1, slowMs: 1_000 });
    places.wake('a', 'prompt');
    const ended = job('a').turn.request();
    vi.advanceTimersByTime(1_100);
    ended();
    job('a').end();
    await settled();

    places.wake('a', 'prompt');
    places.wake('b', 'prompt');
    expect([...running.keys()]).toEqual(['a', 'b']);
    job('a').turn.request()();
    job('a').end();
    await settled();
    places.wake('a', 'prompt');
    expect([...running.keys()]).toEqual(['b']);
  });

  it('can hold only so many places: beyond them it keeps its own, so memory stays bounded', () => {
    fakeTime();
    const { scheduler: places, running, job } = scheduler({ prompt: 1, patient: 1, slowMs: 1_000 });
    for (const key of ['a', 'b', 'c', 'd']) places.wake(key, 'prompt');
    for (const key of ['a', 'b', 'c']) {
      job(key).turn.request();
      vi.advanceTimersByTime(1_100);
    }
    expect([...running.keys()]).toEqual(['a', 'b', 'c']);
    expect(places.load).toEqual({ sending: 3, queued: 1 });
  });
});

it('whatever is woken and ends in whatever order, everything woken is sent and no limit is exceeded', async () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({
        wake: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        lane: fc.constantFrom('prompt' as const, 'patient' as const),
      }),
      fc.record({ end: fc.nat(), more: fc.boolean() }),
    ),
    { maxLength: 60 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const { scheduler: places, running, begun } = scheduler({ prompt: 2, patient: 1 });
      const wanted = new Set<string>();
      for (const step of taken) {
        if ('wake' in step) {
          places.wake(step.wake, step.lane);
          wanted.add(step.wake);
        } else [...running.values()][step.end % Math.max(1, running.size)]?.end(step.more);
        await settled();
        expect(running.size).toBeLessThanOrEqual(3);
      }
      for (let n = 0; running.size > 0 && n < 100; n++) {
        for (const job of [...running.values()]) job.end();
        await settled();
      }
      expect(new Set(begun)).toEqual(wanted);
      expect(places.load).toEqual({ sending: 0, queued: 0 });
    }),
    { numRuns: 100 },
  );
});
