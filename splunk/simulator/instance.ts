import { freshSeed } from '@/splunk/draw';
import { type AckSettings, Acks } from '@/splunk/simulator/acks';
import { Balancer, type BalancerSettings } from '@/splunk/simulator/balancer';
import { type Condition, wellCondition } from '@/splunk/simulator/condition';
import { FaultPlan } from '@/splunk/simulator/faults/plan';
import { type Index, Indexes } from '@/splunk/simulator/indexes';
import { IngestQueue } from '@/splunk/simulator/ingest-queue';
import { Journal } from '@/splunk/simulator/journal';
import { Ledger } from '@/splunk/simulator/ledger';
import { type Limits, usualLimits } from '@/splunk/simulator/limits';
import { EventStore } from '@/splunk/simulator/store';
import { type TokenChange, Tokens } from '@/splunk/simulator/tokens';

/** How much to remember; the oldest is forgotten. What is not said is kept without end. */
export type Keep = { readonly events?: number; readonly requests?: number; readonly ledgerLines?: number };

export type InstanceOptions = {
  readonly tokens: readonly TokenChange[];
  /** Names, or indexes with their state; `main` and `audit` when absent. */
  readonly indexes?: readonly (string | Index)[];
  /** Takes the events of indexes that do not exist; without it they are lost. */
  readonly lastChanceIndex?: string;
  /** Splunk Cloud words a missing channel as code 28; an OpenTelemetry collector answers `"OK"`. */
  readonly flavour?: Flavour;
  /** Old releases refuse a top-level JSON array with code 6. */
  readonly rejectArrays?: boolean;
  readonly limits?: Partial<Limits>;
  /** How it is when nothing is wrong with it, and again after `heal`: its backpressure setting for one. */
  readonly condition?: Partial<Condition>;
  readonly acks?: Partial<AckSettings>;
  readonly balancer?: Partial<BalancerSettings>;
  /** Epoch milliseconds; the system's clock when absent. */
  readonly clock?: () => number;
  /** A number stands for all three. */
  readonly keep?: number | Keep;
  /** Ledger lines are appended to this file, too, before the sender gets its answer. */
  readonly ledgerFile?: string;
  /** What chance is drawn from; the same seed gives the same faults. Fresh when absent. */
  readonly seed?: number;
};

export type Flavour = 'enterprise' | 'cloud' | 'otel';

/** One simulated Splunk: its configuration, its condition, and what it has received. Knows nothing of HTTP. */
export type Instance = {
  readonly tokens: Tokens;
  readonly indexes: Indexes;
  readonly flavour: Flavour;
  readonly rejectArrays: boolean;
  readonly clock: () => number;
  readonly acks: Acks;
  readonly balancer: Balancer;
  readonly queue: IngestQueue;
  readonly store: EventStore;
  readonly journal: Journal;
  readonly ledger: Ledger;
  readonly faults: FaultPlan;
  readonly usualCondition: Condition;
  limits: Limits;
  condition: Condition;
};

export function createInstance(options: InstanceOptions): Instance {
  const { clock = Date.now, flavour = 'enterprise', rejectArrays = false } = options;
  const keep = keepOf(options.keep);
  const usualCondition = { ...wellCondition, ...options.condition };
  const indexes = (options.indexes ?? ['main', 'audit']).map((index) =>
    typeof index === 'string' ? { name: index } : index,
  );
  return {
    tokens: new Tokens(options.tokens),
    indexes: new Indexes(indexes, options.lastChanceIndex),
    flavour,
    rejectArrays,
    clock,
    acks: new Acks(clock, options.acks),
    balancer: new Balancer(options.balancer),
    queue: new IngestQueue(clock),
    store: new EventStore(keep.events),
    journal: new Journal(keep.requests),
    ledger: new Ledger(keep.ledgerLines, options.ledgerFile),
    faults: new FaultPlan(options.seed ?? freshSeed(), clock),
    limits: { ...usualLimits, ...options.limits },
    usualCondition,
    condition: usualCondition,
  };
}

/** Forgets what was received. */
export function forget({ store, journal, ledger, acks, queue }: Instance): void {
  for (const memory of [store, journal, ledger, acks, queue]) memory.clear();
}

/** Ends one fault, or all of them and whatever else is not well. False when there is no such fault. */
export function heal(instance: Instance, fault?: number): boolean {
  if (fault !== undefined) return instance.faults.heal(fault);
  instance.faults.heal();
  instance.condition = instance.usualCondition;
  return true;
}

function keepOf(keep: InstanceOptions['keep'] = {}): Required<Keep> {
  const all = typeof keep === 'number' ? keep : Number.POSITIVE_INFINITY;
  const { events = all, requests = all, ledgerLines = all } = typeof keep === 'number' ? {} : keep;
  return { events, requests, ledgerLines };
}
