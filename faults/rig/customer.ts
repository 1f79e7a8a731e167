import { randomUUID } from 'node:crypto';
import { Producer } from '@/faults/rig/producer';
import type { Trial } from '@/faults/rig/scenario';
import type { World } from '@/faults/rig/world';
import { createApiKey } from '@/lib/api-keys/create-api-key';
import type { AuditSource } from '@/lib/audit/event';
import { createIntegration } from '@/lib/siem/integrations/create-integration';
import type { TlsTrust } from '@/lib/siem/splunk/trust';
import { FaultProxy } from '@/splunk/proxy/fault-proxy';
import { type Simulator, type SimulatorOptions, startSimulator } from '@/splunk/simulator/simulator';
import { createOrganization } from '@/test/organization';

type JoinOptions = {
  readonly splunk?: Partial<SimulatorOptions>;
  readonly index?: string;
  /** Trusts the authority of the simulator's certificates. */
  readonly trustAuthority?: boolean;
};

/** An organization with somebody who acts, and the Splunk that everything has to reach, behind a link that can break. */
export type Customer = {
  readonly source: AuditSource;
  /** Of the integration. */
  readonly id: string;
  readonly splunk: Simulator;
  /** Every Splunk it ever sent to. */
  readonly splunks: readonly Simulator[];
  readonly link: FaultProxy;
  readonly producer: Producer;
  /** Another Splunk, empty and without a link. */
  openSplunk(): Promise<Simulator>;
};

/** Customers join one after the other: two dozen at once would have a slow machine run out of the database's patience. */
let joining: Promise<unknown> = Promise.resolve();

/** Sets a customer up; its servers end with the trial. */
export function join(world: World, trial: Trial, options?: JoinOptions): Promise<Customer> {
  const joined = joining.then(() => setUp(world, trial, options));
  joining = joined.catch(() => undefined);
  return joined;
}

async function setUp(
  world: World,
  trial: Trial,
  { splunk: options = {}, index = 'audit', trustAuthority = false }: JoinOptions = {},
): Promise<Customer> {
  const source = await createOrganization();
  const splunks: Simulator[] = [];
  const open = async (more: Partial<SimulatorOptions>) => {
    const name = `token of ${source.organization.slug} ${splunks.length + 1}`;
    const simulator = await startSimulator({
      port: 0,
      seed: trial.chance.seed,
      tokens: [{ value: randomUUID(), name, allowedIndexes: ['audit', 'main'] }],
      ...more,
    });
    trial.atEnd(() => simulator.close());
    splunks.push(simulator);
    return simulator;
  };
  const splunk = await open(options);
  const link = await FaultProxy.start({ target: { port: splunk.port }, seed: trial.chance.seed });
  trial.atEnd(async () => link.close());
  const key = await createApiKey(source, {
    name: 'producer',
    scopes: ['scans:read', 'scans:write'],
    expiresInDays: 7,
  });
  const trust: TlsTrust = trustAuthority ? { kind: 'ca', pem: splunk.authority } : { kind: 'system' };
  const { id } = await createIntegration(source, {
    hecUrl: addressOf(splunk, link),
    hecToken: splunk.token,
    index,
    trust,
  });
  return {
    source,
    id,
    splunk,
    splunks,
    link,
    producer: new Producer(world, key.text),
    openSplunk: () => open({}),
  };
}

/** The simulator's address by way of the link. */
function addressOf({ url }: Simulator, { port }: FaultProxy): string {
  const address = new URL(url);
  address.port = String(port);
  return address.origin;
}
