import { z } from 'zod';

const taskSchema = z.object({
  integrationId: z.string(),
  organizationId: z.string(),
  /** Address of the receiver. */
  receiver: z.string(),
  events: z.number(),
  /** Events of a full batch, and the bytes of its body. */
  batchEvents: z.number(),
  bodyBytes: z.number(),
  /** Bytes of a compressed body; null sends plain ones. */
  gzip: z.object({ bodyBytes: z.number() }).nullable(),
  /** A file beside which splunk-logging is installed, and how it is used. */
  splunkLogging: z.object({ beside: z.string(), way: z.enum(['asItComes', 'tuned']) }).nullable(),
});

export type Task = z.infer<typeof taskSchema>;

export const lapSchema = z.object({
  seconds: z.number(),
  cpuSeconds: z.number(),
  /** The most resident memory of the process so far. */
  megabytes: z.number(),
});

/** What one contestant did. */
export type Lap = z.infer<typeof lapSchema>;

/** Runs the task of this process and prints what it took. */
export async function race(work: (task: Task) => Promise<void>): Promise<never> {
  const task = taskSchema.parse(JSON.parse(process.argv[2] ?? ''));
  const startedMs = performance.now();
  const cpu = process.cpuUsage();
  await work(task);
  const { user, system } = process.cpuUsage(cpu);
  const lap: Lap = {
    seconds: (performance.now() - startedMs) / 1_000,
    cpuSeconds: (user + system) / 1e6,
    megabytes: process.resourceUsage().maxRSS / 1_024,
  };
  console.log(JSON.stringify(lap));
  process.exit(0);
}
