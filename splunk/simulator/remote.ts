import { z } from 'zod';
import type { AckSettings } from '@/splunk/simulator/acks';
import type { Condition } from '@/splunk/simulator/condition';
import type { FaultInput } from '@/splunk/simulator/faults/fault';
import type { ScopeInput } from '@/splunk/simulator/faults/scope';
import type { Index } from '@/splunk/simulator/indexes';
import type { LedgerLine } from '@/splunk/simulator/ledger';
import type { Limits } from '@/splunk/simulator/limits';
import type { RehearsalName } from '@/splunk/simulator/rehearsals';
import type { ResolvedAddress } from '@/splunk/simulator/resolver';
import type { TlsVariant } from '@/splunk/simulator/tls-variants';
import type { TokenChange } from '@/splunk/simulator/tokens';

const statusSchema = z.object({
  seed: z.number(),
  accepted: z.number(),
  lost: z.number(),
  requests: z.number(),
  ledgerLines: z.number(),
  connections: z.object({ open: z.number(), opened: z.number() }),
  faults: z.array(z.object({ id: z.number(), says: z.string(), used: z.number() })),
});

const duplicatesSchema = z.object({ duplicates: z.record(z.string(), z.number()) });

export type SimulatorStatus = z.output<typeof statusSchema>;

/** The simulator's control port said no; the message is its own. */
export class OrderRefused extends Error {
  override readonly name = 'OrderRefused';
}

/** A simulator in another process, through its control port. Every call rejects when nobody is there. */
export function connectSimulator(pageUrl: string) {
  const ask = async (path: string): Promise<Response> => checked(await fetch(new URL(path, pageUrl)));
  const order = async (path: string, values: unknown = {}): Promise<unknown> => {
    const body = JSON.stringify(values);
    return (await checked(await fetch(new URL(path, pageUrl), { method: 'POST', body }))).json();
  };
  return {
    async status(): Promise<SimulatorStatus> {
      return statusSchema.parse(await (await ask('/simulator/status.json')).json());
    },
    /** Lines with numbers above `after`, `limit` at most. Rejects when some of them are forgotten. */
    async ledger(after = 0, limit = 100_000): Promise<readonly LedgerLine[]> {
      const text = await (await ask(`/simulator/ledger.ndjson?after=${after}&limit=${limit}`)).text();
      return text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    },
    /** The ids accepted more than once, with how often, among the events that are remembered. */
    async duplicates(): Promise<ReadonlyMap<string, number>> {
      const answer = await (await ask('/simulator/duplicates.json')).json();
      return new Map(Object.entries(duplicatesSchema.parse(answer).duplicates));
    },
    /** PEM of the authority behind the simulator's certificates. */
    async authority(): Promise<string> {
      return (await ask('/simulator/authority.pem')).text();
    },
    /** The resolver hook: rejects with Node's code where the name does not resolve. */
    async lookup(host: string): Promise<readonly ResolvedAddress[]> {
      const answer = await (await ask(`/simulator/lookup.json?host=${encodeURIComponent(host)}`)).json();
      if (answer.code) throw Object.assign(new Error(`${answer.code} ${host}`), { code: answer.code });
      return answer.addresses;
    },
    /** Returns the fault's number. */
    async inject(fault: FaultInput, scope: ScopeInput = {}): Promise<number> {
      return z.object({ id: z.number() }).parse(await order('/simulator/faults', { fault, ...scope })).id;
    },
    rehearse: (name: RehearsalName, times?: number) => order('/simulator/rehearse', { name, times }),
    /** Ends one fault, or all. */
    heal: (id?: number) => order('/simulator/heal', { id }),
    forget: () => order('/simulator/forget'),
    reset: () => order('/simulator/reset'),
    setToken: (change: TokenChange) => order('/simulator/tokens', change),
    removeToken: (value: string) => order('/simulator/tokens/remove', { value }),
    setIndex: (index: Index) => order('/simulator/indexes', index),
    removeIndex: (name: string) => order('/simulator/indexes/remove', { name }),
    setCondition: (change: Partial<Condition>) => order('/simulator/condition', change),
    setLimits: (change: Partial<Limits>) => order('/simulator/limits', change),
    setAcks: (change: Partial<AckSettings>) => order('/simulator/acks', change),
    setTls: (variant: TlsVariant) => order('/simulator/tls', { variant }),
  };
}

async function checked(response: Response): Promise<Response> {
  if (response.ok) return response;
  const { error } = z
    .object({ error: z.string() })
    .catch({ error: `HTTP ${response.status}` })
    .parse(await response.json());
  throw new OrderRefused(error);
}
