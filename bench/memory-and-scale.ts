import { median, table } from '@/bench/figures';
import { runContestant } from '@/bench/processes';
import { type Course, taskOf } from '@/bench/throughput';

const runs = 5;

/** Whether a large backlog costs more memory, or more time for each of its events, than a small one; prints medians. */
export async function memoryAndScale(course: Course): Promise<void> {
  const sizes = [1_000, 10_000, 100_000, course.events].filter((size) => size <= course.events);
  const laps = new Map(sizes.map((size) => [size, { megabytes: [] as number[], micros: [] as number[] }]));
  for (let run = 0; run < runs; run++) {
    for (const [waiting, { megabytes, micros }] of laps) {
      await course.backlog.rewind(waiting, true);
      const lap = await runContestant('scale', taskOf(course, true));
      megabytes.push(lap.megabytes);
      micros.push((lap.seconds / waiting) * 1e6);
    }
  }
  const rows = [...laps].map(([waiting, { megabytes, micros }]) => [
    waiting.toLocaleString('en'),
    median(megabytes).toFixed(0),
    median(micros).toFixed(1),
  ]);
  console.log(`\n${table(['waiting events', 'MB resident', 'µs/event'], rows)}\n`);
}
