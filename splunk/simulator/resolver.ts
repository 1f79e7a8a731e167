import type { FaultPlan } from '@/splunk/simulator/faults/plan';

export type ResolvedAddress = { readonly address: string; readonly family: 4 | 6 };

/** A lookup that failed, with the code getaddrinfo would give. */
class LookupFailed extends Error {
  constructor(
    readonly code: 'ENOTFOUND' | 'EAI_AGAIN',
    host: string,
  ) {
    super(`getaddrinfo ${code} ${host}`);
    this.name = 'LookupFailed';
  }
}

/** A private network, and what a name under attack changes to: the address of a cloud's metadata service. */
const privateAddress = '10.20.30.40';
const rebound = '169.254.169.254';

/**
 * The resolver hook (hec.md §6.6): every name is this simulator's address, unless a fault of kind `dns` has something
 * else to say. Fits wherever a lookup of all addresses is taken, `dns.promises.lookup(host, { all: true })` for one.
 */
export class Resolver {
  #lookups = 0;

  constructor(
    private readonly plan: FaultPlan,
    private readonly own: string,
  ) {}

  /** @throws an error with the code ENOTFOUND or EAI_AGAIN */
  async lookup(host: string): Promise<readonly ResolvedAddress[]> {
    this.#lookups++;
    const struck = this.plan.forLookup(host, this.#lookups);
    if (struck === undefined) return resolved(this.own);
    const { mode, addresses } = struck.fault;
    switch (mode) {
      case 'nxdomain':
        throw new LookupFailed('ENOTFOUND', host);
      case 'servfail':
        throw new LookupFailed('EAI_AGAIN', host);
      case 'silent':
        return new Promise(() => {});
      case 'private':
        return resolved(...(addresses ?? [privateAddress]));
      case 'changing': {
        const turns = addresses ?? [this.own, rebound];
        return resolved(turns[struck.before % turns.length] ?? this.own);
      }
    }
  }
}

function resolved(...addresses: readonly string[]): readonly ResolvedAddress[] {
  return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
}
