import { inject, test } from 'vitest';
import { Chance } from '@/faults/rig/chance';
import { type Line, report } from '@/faults/rig/report';

export type Trial = {
  readonly chance: Chance;
  /** How often the fault strikes: in `npm test`, and in the whole suite. */
  runs(short: number, full: number): number;
  /** Registers what ends with the trial. */
  atEnd(action: () => Promise<void>): void;
};

type Found = Omit<Line, 'fault' | 'seconds'>;

type Options = {
  /** Beside the others of its file. */
  readonly concurrent?: boolean;
  /** Instead of the seed of the run. */
  readonly seed?: number;
};

/**
 * A scenario of the fault suite: a test that leaves a line in the table. `work` fails when an invariant does not hold; the
 * message then says how to run it again with the same chance.
 */
export function scenario(
  fault: string,
  work: (trial: Trial) => Promise<Found>,
  { concurrent = false, seed = inject('seed') }: Options = {},
): void {
  const full = inject('full');
  const endings: (() => Promise<void>)[] = [];
  const trial: Trial = {
    chance: new Chance(seed, fault),
    runs: (short, all) => (full ? all : short),
    atEnd: (action) => void endings.push(action),
  };
  test(fault, { concurrent }, async () => {
    const startedMs = performance.now();
    try {
      const found = await work(trial);
      report(inject('reportFile'), {
        fault,
        ...found,
        seconds: Math.round((performance.now() - startedMs) / 1_000),
      });
    } catch (error) {
      const form = full ? '' : ' --short';
      const again = `npm run test:faults --${form} --seed ${seed} --only "${fault}"`;
      if (error instanceof Error) error.message += `\nRun it again: ${again}`;
      throw error;
    } finally {
      await Promise.all(endings.map((end) => end()));
    }
  });
}
