import { type Env, env } from '@/lib/env';
import { isLoopbackAddress } from '@/lib/net/address-policy';

/** Where this installation may connect to, for every address that a person may type. */
export type NetworkPolicy = {
  /** Private ranges: a self-hosted Splunk usually lives there. */
  readonly privateAllowed: boolean;
  readonly loopbackAllowed: boolean;
  readonly plainHttpAllowed: boolean;
  /** Our own listeners and our database: nobody may make this server talk to itself. */
  readonly ownEndpoints: readonly Endpoint[];
};

type Endpoint = { readonly host: string; readonly port: number };

/** The policy of an environment; the running one unless another is given. */
export function networkPolicy(environment: Env = env()): NetworkPolicy {
  return {
    privateAllowed: environment.NETWORK_POLICY === 'private',
    loopbackAllowed: environment.ALLOW_LOOPBACK,
    plainHttpAllowed: environment.ALLOW_PLAIN_HTTP,
    ownEndpoints: [
      { host: environment.HOST, port: environment.PORT },
      ...endpointOf(environment.PUBLIC_URL),
      ...endpointOf(environment.DATABASE_URL),
    ],
  };
}

/** Whether a host name or address with a port is one of our own. All spellings of this machine count as one. */
export function isOwnEndpoint(host: string, port: number, policy: NetworkPolicy): boolean {
  return policy.ownEndpoints.some(
    (own) => own.port === port && (own.host === host || (isThisMachine(own.host) && isThisMachine(host))),
  );
}

/**
 * Whether a port speaks a protocol in which the lines of an HTTP request could do harm, or carries one that nobody runs
 * an event collector on (security.md #66). The first group is the list of "bad ports" of the WHATWG Fetch standard.
 */
export function isDangerousPort(port: number): boolean {
  return dangerousPorts.has(port);
}

const dangerousPorts: ReadonlySet<number> = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
  // Databases, caches, queues, container and cluster control, remote desktops.
  445, 1433, 1521, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 5432, 5672, 5900, 6379, 6380, 9042, 10250, 11211,
  26379, 27017,
]);

function endpointOf(address: string): Endpoint[] {
  // A PostgreSQL address may name several hosts or a socket, which URL does not read; there is nothing to compare then.
  if (!URL.canParse(address)) return [];
  const { protocol, hostname, port } = new URL(address);
  const usual: Record<string, number> = { 'http:': 80, 'https:': 443 };
  const host = hostname.replace(/^\[|\]$/g, '');
  return host ? [{ host, port: port ? Number(port) : (usual[protocol] ?? 5432) }] : [];
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '0.0.0.0' || host === '::' || isLoopbackAddress(host);
}
