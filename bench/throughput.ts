import type { Lap, Task } from '@/bench/contestants/race';
import { median, table, whole } from '@/bench/figures';
import { type Contestant, cpuSecondsOf, type Receiver, runContestant } from '@/bench/processes';
import type { Backlog, Stage } from '@/bench/stage';

/** What is measured against what. */
export type Course = {
  readonly stage: Stage;
  readonly receiver: Receiver;
  readonly backlog: Backlog;
  readonly events: number;
  /** A file beside which it is installed. */
  readonly splunkLogging: string | null;
};

type Entry = {
  readonly name: string;
  readonly contestant: Contestant;
  readonly gzip: boolean;
  readonly way?: 'asItComes' | 'tuned';
};

const entries: readonly Entry[] = [
  { name: 'engine, gzip', contestant: 'engine', gzip: true },
  { name: 'engine, plain', contestant: 'engine', gzip: false },
  { name: 'limit: reading', contestant: 'reading', gzip: false },
  { name: 'limit: posting, gzip', contestant: 'posting', gzip: true },
  { name: 'limit: posting, plain', contestant: 'posting', gzip: false },
  { name: 'reading and preparing, gzip', contestant: 'preparing', gzip: true },
  { name: 'reading and preparing, plain', contestant: 'preparing', gzip: false },
  { name: 'splunk-logging', contestant: 'splunk-logging', gzip: false, way: 'asItComes' },
  { name: 'splunk-logging, tuned', contestant: 'splunk-logging', gzip: false, way: 'tuned' },
];

type Result = Lap & { readonly receiverCpu: number; readonly postgresCpu: number; readonly bytes: number };

/** Events per second and processor time of everybody, one after the other in each round; prints the medians. */
export async function throughput(course: Course, rounds: number): Promise<void> {
  const { splunkLogging, events } = course;
  const sizes = await measureBodies(course);
  const results = new Map<Entry, Result[]>();
  for (let round = 1; round <= rounds; round++) {
    for (const entry of entries) {
      if (entry.contestant === 'splunk-logging' && splunkLogging === null) continue;
      const result = await once(course, entry, sizes);
      results.set(entry, [...(results.get(entry) ?? []), result]);
      console.log(`round ${round}: ${entry.name}, ${whole(events / result.seconds)} events/s`);
    }
  }
  const million = (seconds: readonly number[]) => ((median(seconds) / events) * 1e6).toFixed(1);
  const rows = [...results].map(([{ name }, laps]) => [
    name,
    whole(events / median(laps.map(({ seconds }) => seconds))),
    million(laps.map(({ cpuSeconds }) => cpuSeconds)),
    million(laps.map(({ receiverCpu }) => receiverCpu)),
    million(laps.map(({ postgresCpu }) => postgresCpu)),
    (median(laps.map(({ bytes }) => bytes)) / events).toFixed(0),
  ]);
  const head = [`medians of ${rounds}`, 'events/s', 'CPU s/million', 'receiver', 'PostgreSQL', 'bytes/event'];
  console.log(`\n${table(head, rows)}\n`);
}

type Sizes = { readonly plain: number; readonly gzip: number };

async function once(course: Course, { contestant, gzip, way }: Entry, sizes: Sizes): Promise<Result> {
  const { backlog, receiver, stage, events } = course;
  await backlog.rewind(events, gzip);
  const before = { taken: await receiver.taken(), postgresCpu: cpuSecondsOf(stage.postmaster) };
  const { splunkLogging: beside } = course;
  const splunkLogging = beside !== null && way ? { beside, way } : null;
  const lap = await runContestant(contestant, { ...taskOf(course, gzip, sizes), splunkLogging });
  const after = await receiver.taken();
  const cpu = after.user + after.system - before.taken.user - before.taken.system;
  return {
    ...lap,
    receiverCpu: cpu / 1e6,
    postgresCpu: cpuSecondsOf(stage.postmaster) - before.postgresCpu,
    bytes: after.bytes - before.taken.bytes,
  };
}

/** How large full batches of the engine are on the wire. */
async function measureBodies(course: Course): Promise<Sizes> {
  const few = Math.min(5_000, course.events);
  const size = async (gzip: boolean) => {
    await course.backlog.rewind(few, gzip);
    const before = await course.receiver.taken();
    await runContestant('engine', taskOf(course, gzip, { plain: 1, gzip: 1 }));
    const after = await course.receiver.taken();
    return Math.round((after.bytes - before.bytes) / (after.requests - before.requests));
  };
  return { plain: await size(false), gzip: await size(true) };
}

export function taskOf(
  { backlog, receiver, events }: Course,
  gzip: boolean,
  sizes: Sizes = { plain: 1, gzip: 1 },
): Task {
  return {
    integrationId: backlog.integrationId,
    organizationId: backlog.organizationId,
    receiver: receiver.url,
    events,
    batchEvents: 500,
    bodyBytes: sizes.plain,
    gzip: gzip ? { bodyBytes: sizes.gzip } : null,
    splunkLogging: null,
  };
}
