import { Acks } from '@/splunk/simulator/acks';
import { type Condition, wellCondition } from '@/splunk/simulator/condition';
import { type Index, Indexes } from '@/splunk/simulator/indexes';
import { Journal } from '@/splunk/simulator/journal';
import { type Limits, type Preset, presets } from '@/splunk/simulator/presets';
import { EventStore } from '@/splunk/simulator/store';
import { type TokenChange, Tokens } from '@/splunk/simulator/tokens';

export type InstanceOptions = {
  readonly tokens: readonly TokenChange[];
  /** Names, or indexes with their state; `main` and `audit` when absent. */
  readonly indexes?: readonly (string | Index)[];
  /** Takes the events of indexes that do not exist; without it they are lost. */
  readonly lastChanceIndex?: string;
  readonly flavour?: Preset['flavour'];
  readonly rejectArrays?: boolean;
  readonly limits?: Partial<Limits>;
  /** Epoch milliseconds; the system's clock when absent. */
  readonly clock?: () => number;
  /** How many events and requests to remember; all when absent. */
  readonly keep?: number;
};

/** One simulated Splunk: its configuration, its condition, and what it has received. Knows nothing of HTTP. */
export type Instance = {
  readonly tokens: Tokens;
  readonly indexes: Indexes;
  readonly flavour: Preset['flavour'];
  readonly rejectArrays: boolean;
  readonly clock: () => number;
  readonly acks: Acks;
  readonly store: EventStore;
  readonly journal: Journal;
  limits: Limits;
  condition: Condition;
};

export function createInstance(options: InstanceOptions): Instance {
  const preset = presets['splunk-enterprise'];
  const keep = options.keep ?? Number.POSITIVE_INFINITY;
  const indexes = (options.indexes ?? ['main', 'audit']).map((index) =>
    typeof index === 'string' ? { name: index } : index,
  );
  return {
    tokens: new Tokens(options.tokens),
    indexes: new Indexes(indexes, options.lastChanceIndex),
    flavour: options.flavour ?? preset.flavour,
    rejectArrays: options.rejectArrays ?? preset.rejectArrays,
    clock: options.clock ?? Date.now,
    acks: new Acks(),
    store: new EventStore(keep),
    journal: new Journal(keep),
    limits: { ...preset.limits, ...options.limits },
    condition: wellCondition,
  };
}
