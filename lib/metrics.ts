export type Labels = Readonly<Record<string, string>>;

export type Sample = { readonly labels: Labels; readonly value: number; readonly suffix?: string };

/** One metric with all its series, in the terms of the Prometheus text format. */
export type Family = {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly samples: readonly Sample[];
};

type Series = { readonly labels: Labels; readonly sum: number; readonly buckets: readonly number[] };

/** A metric that this process counts by itself, until it ends. */
export class Meter {
  readonly #series = new Map<string, Series>();

  /** Without bounds it is a counter; with them a histogram, whose values are put in by {@link add}. */
  constructor(
    readonly name: string,
    readonly help: string,
    readonly bounds?: readonly number[],
  ) {}

  /** Adds to the counter of these labels, or puts a value into its histogram. */
  add(labels: Labels, value = 1): void {
    const id = JSON.stringify(labels);
    const { sum = 0, buckets = [] } = this.#series.get(id) ?? {};
    const limits = [...(this.bounds ?? []), Number.POSITIVE_INFINITY];
    const counted = limits.map((limit, at) => (buckets[at] ?? 0) + (value <= limit ? 1 : 0));
    this.#series.set(id, { labels, sum: sum + value, buckets: counted });
  }

  /** Drops the series whose label has none of these values, so that what is deleted does not stay for ever. */
  retain(label: string, values: ReadonlySet<string>): void {
    for (const [id, { labels }] of this.#series) {
      const value = labels[label];
      if (value !== undefined && !values.has(value)) this.#series.delete(id);
    }
  }

  family(): Family {
    const { name, help, bounds } = this;
    const all = [...this.#series.values()];
    if (!bounds) {
      const samples = all.map(({ labels, sum }) => ({ labels, value: sum }));
      return { name, help, type: 'counter', samples };
    }
    const samples = all.flatMap(({ labels, sum, buckets }): Sample[] => [
      ...buckets.map((value, at) => ({
        labels: { ...labels, le: String(bounds[at] ?? '+Inf') },
        value,
        suffix: '_bucket',
      })),
      { labels, value: sum, suffix: '_sum' },
      { labels, value: buckets.at(-1) ?? 0, suffix: '_count' },
    ]);
    return { name, help, type: 'histogram', samples };
  }
}

// Next bundles routes and instrumentation separately; what one counts the other has to tell.
const key = Symbol.for('tracekeep.meters');
const registry = globalThis as typeof globalThis & { [key]?: Map<string, Meter> };

/** The process's meter of that name, made at first use. */
export function meter(name: string, help: string, bounds?: readonly number[]): Meter {
  registry[key] ??= new Map();
  const found = registry[key].get(name) ?? new Meter(name, help, bounds);
  registry[key].set(name, found);
  return found;
}

/** Every meter of this process. */
export function allMeters(): readonly Meter[] {
  return [...(registry[key]?.values() ?? [])];
}

/** The Prometheus text format, version 0.0.4. */
export function exposition(families: readonly Family[]): string {
  return families
    .map(({ name, help, type, samples }) => {
      const lines = samples.map(
        ({ labels, value, suffix = '' }) => `${name}${suffix}${braces(labels)} ${value}`,
      );
      return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n');
    })
    .join('');
}

function braces(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length > 0 ? `{${pairs.join(',')}}` : '';
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
