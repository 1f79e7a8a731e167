import { percentile } from '@/bench/figures';
import { outputOf } from '@/bench/processes';
import type { Backlog } from '@/bench/stage';

const perSecond = 20;

/** From an action's commit to the answer that accepted its event, at a steady rate; prints percentiles. */
export async function latency({ organizationId }: Backlog, seconds: number): Promise<void> {
  const task = { organizationId, perSecond, seconds };
  const latencies: number[] = JSON.parse(await outputOf('contestants/latency.ts', task));
  const at = (percent: number) => `p${percent} ${percentile(latencies, percent).toFixed(0)} ms`;
  console.log(
    `\nCommit to acceptance, ${perSecond} events/s for ${seconds} s: ${[50, 90, 99].map(at).join(', ')}, slowest ${Math.max(...latencies).toFixed(0)} ms, ${latencies.length} events`,
  );
}
