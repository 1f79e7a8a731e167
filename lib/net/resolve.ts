import { isIP } from 'node:net';
import { checkAddress } from '@/lib/net/address-policy';
import { codeOf } from '@/lib/net/error-code';
import { allAddresses, type Lookup } from '@/lib/net/lookup';
import { isDangerousPort, isOwnEndpoint, type NetworkPolicy } from '@/lib/net/network-policy';

export type { Lookup } from '@/lib/net/lookup';

export type PinnedAddress = { readonly address: string; readonly family: 4 | 6 };

/** Why no connection is made. `code` is Node's for DNS trouble and ours for a refusal. */
export class ResolveError extends Error {
  override readonly name = 'ResolveError';
  constructor(
    readonly kind: 'not_found' | 'temporary' | 'refused',
    readonly code: string,
    /** For logs. People get one message for all refusals. */
    readonly reason: string,
  ) {
    super(`${code}: ${reason}`);
  }
}

/** A resolver that takes longer than this is as good as down. */
const resolveTimeoutMs = 5_000;
/** A name with more addresses than this is an attack or a mistake; real collectors have fewer than ten. */
const maxAddresses = 100;
const notFoundCodes: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA', 'EAI_NONAME', 'EAI_NODATA']);

/**
 * The addresses that a connection to `host` may use: connect to one of these and nothing else, so that a name cannot
 * change its mind between check and use. One refused answer refuses the name. `host` is as URL.hostname gives it, which
 * has already turned decimal, octal and hexadecimal forms into plain IPv4; literals are judged without asking DNS.
 * @throws ResolveError; never anything else
 */
export async function resolveHost(
  host: string,
  port: number,
  policy: NetworkPolicy,
  options: { lookup?: Lookup; timeoutMs?: number } = {},
): Promise<readonly PinnedAddress[]> {
  const name = host.replace(/^\[|\]$/g, '');
  if (isDangerousPort(port)) throw new ResolveError('refused', 'ERR_PORT_REFUSED', `port ${port}`);
  const answers = isIP(name)
    ? [{ address: name }]
    : await answersOf(name, options.lookup ?? allAddresses, options.timeoutMs ?? resolveTimeoutMs);
  if (isOwnEndpoint(name, port, policy)) throw addressRefused('our own address');
  for (const { address } of answers) {
    const verdict = checkAddress(address, policy);
    if (!verdict.allowed) throw addressRefused(verdict.reason);
    if (isOwnEndpoint(address, port, policy)) throw addressRefused('our own address');
  }
  return answers.map(({ address }) => ({ address, family: isIP(address) === 6 ? 6 : 4 }));
}

async function answersOf(name: string, lookup: Lookup, timeoutMs: number) {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ResolveError('temporary', 'EAI_AGAIN', 'no answer')), timeoutMs);
  });
  try {
    const answers = await Promise.race([lookup(name), late]);
    if (answers.length === 0) throw new ResolveError('not_found', 'ENOTFOUND', 'no address');
    if (answers.length > maxAddresses) {
      throw new ResolveError('temporary', 'EAI_AGAIN', `${answers.length} addresses`);
    }
    return answers;
  } catch (error) {
    if (error instanceof ResolveError) throw error;
    const code = codeOf(error);
    throw new ResolveError(notFoundCodes.has(code) ? 'not_found' : 'temporary', code, 'lookup failed');
  } finally {
    clearTimeout(timer);
  }
}

function addressRefused(reason: string): ResolveError {
  return new ResolveError('refused', 'ERR_ADDRESS_REFUSED', reason);
}
