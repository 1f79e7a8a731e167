import type { Injection } from '@/splunk/simulator/faults/scope';
import type { InstanceOptions } from '@/splunk/simulator/instance';
import { injectionsOf, isRehearsal, type RehearsalName, rehearsals } from '@/splunk/simulator/rehearsals';

/** A Splunk to start: what it is, and the faults it begins with. */
export type Preset = {
  readonly options?: Pick<InstanceOptions, 'flavour' | 'rejectArrays' | 'limits' | 'condition' | 'balancer'>;
  readonly https?: boolean;
  readonly faults?: readonly Injection[];
};

type Receiver = Preset & { readonly says: string };

/** The receivers met in the field (hec.md §1.4, §6.6). */
const receivers: ReadonlyMap<string, Receiver> = new Map<string, Receiver>([
  ['healthy', { says: 'a Splunk Enterprise that does as it should; the default' }],
  ['splunk-enterprise', { says: 'the same' }],
  [
    'splunk-cloud-trial',
    {
      says: 'HTTPS with a self-signed certificate; code 28 for a missing channel',
      options: { flavour: 'cloud' },
      https: true,
    },
  ],
  [
    'behind-alb',
    {
      says: 'two indexers behind a balancer that answers 502 at times and closes idle connections',
      options: { balancer: { nodes: 2 } },
      faults: [
        { label: 'Balancer', fault: { kind: 'gateway' }, probability: 0.03 },
        { label: 'Balancer', fault: { kind: 'closeIdle', afterMs: 1000 } },
      ],
    },
  ],
  [
    'otel-collector',
    { says: 'an OpenTelemetry collector, which answers "OK"', options: { flavour: 'otel' } },
  ],
  [
    'legacy-6.4',
    {
      says: 'requests up to 1 MB, no JSON arrays',
      options: { rejectArrays: true, limits: { maxContentLengthBytes: 1_000_000, maxEventBytes: 1_000_000 } },
    },
  ],
  [
    'overloaded',
    {
      says: 'a queue of 500 kB that drains at 20 kB/s, and refuses with 503 while it is full',
      options: { limits: { queueCapacityBytes: 500_000, queueDrainBytesPerSecond: 20_000 } },
    },
  ],
  [
    'backpressure',
    {
      says: 'the same, but warns above 80 % and refuses with 429',
      options: {
        limits: { queueCapacityBytes: 500_000, queueDrainBytesPerSecond: 20_000 },
        condition: { backpressure: 'warn_at_80' },
      },
    },
  ],
]);

/** Every preset with what it is like: the receivers, then the faults of the page's buttons. */
export function describePresets(): ReadonlyMap<string, string> {
  return new Map([
    ...[...receivers].map(([name, { says }]) => [name, says] as const),
    ...Object.entries(rehearsals).map(([name, { says }]) => [name, says] as const),
  ]);
}

/** A certificate to rehearse with needs a port that shows one. */
function rehearsalPreset(name: RehearsalName): Preset {
  const faults = injectionsOf(name);
  return { faults, https: faults.some(({ fault }) => fault.kind === 'tls') };
}

/** Several presets in one, the later ones winning; undefined when a name is unknown. */
export function combinePresets(names: readonly string[]): Preset | undefined {
  let combined: Preset = {};
  for (const name of names) {
    const preset = isRehearsal(name) ? rehearsalPreset(name) : receivers.get(name);
    if (preset === undefined) return undefined;
    combined = {
      options: { ...combined.options, ...preset.options },
      https: combined.https || preset.https || false,
      faults: [...(combined.faults ?? []), ...(preset.faults ?? [])],
    };
  }
  return combined;
}
