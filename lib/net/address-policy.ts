import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { NetworkPolicy } from '@/lib/net/network-policy';

export type AddressVerdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: string };

/**
 * Addresses inside otherwise usable ranges that hand out credentials or belong to the cloud's own machinery.
 * They are refused by name, whatever the policy (security.md #61).
 */
const metadataAddresses: ReadonlySet<string> = new Set([
  '169.254.169.254', // AWS, Google, Azure, most others
  '169.254.170.2', // AWS ECS task credentials
  'fd00:ec2::254', // AWS over IPv6
  '100.100.100.200', // Alibaba
  '192.0.0.192', // Oracle
  '168.63.129.16', // Azure's wire server, a public address
]);

/** Ranges that are somebody's own network. 100.64.0.0/10 is here because overlay networks such as Tailscale use it. */
const privateRanges: ReadonlySet<string> = new Set(['private', 'uniqueLocal', 'carrierGradeNat']);

/**
 * Whether an outgoing connection may go to an address. Ranges are allowed by name and everything unnamed is refused:
 * link-local, multicast, reserved, documentation, discard, and every IPv6 form that carries an IPv4 address in disguise
 * (NAT64, 6to4, Teredo, ISATAP, IPv4-compatible). An IPv4-mapped address is judged as the IPv4 address it is.
 * The reason is for logs; people get one message for all refusals, so that nobody can map a network with it.
 */
export function checkAddress(address: string, policy: NetworkPolicy): AddressVerdict {
  if (isIP(address) === 0 || address.includes('%')) return refused('not an address');
  const parsed = parse(address);
  if (metadataAddresses.has(spelling(parsed))) return refused('cloud metadata');
  const range: string = parsed.range();
  if (range === 'loopback') {
    return policy.loopbackAllowed ? allowed : refused('loopback');
  }
  if (privateRanges.has(range)) {
    return policy.privateAllowed ? allowed : refused('private');
  }
  if (range !== 'unicast') return refused(range);
  if (parsed instanceof ipaddr.IPv6 && !isGlobalUnicast(parsed)) return refused('not global unicast');
  return allowed;
}

/** Whether an address is this machine's own loopback (127.0.0.0/8, ::1, mapped or not). False for what is no address. */
export function isLoopbackAddress(address: string): boolean {
  return isIP(address) !== 0 && parse(address).range() === 'loopback';
}

/**
 * Unwraps IPv4-mapped IPv6. ipaddr.js takes the deprecated `::1.2.3.4` for the mapped `::ffff:1.2.3.4`, which is another
 * address; URL writes IPv6 without dots, so that there is nothing to mistake.
 */
function parse(address: string): ipaddr.IPv4 | ipaddr.IPv6 {
  if (isIP(address) === 4) return ipaddr.IPv4.parse(address);
  return ipaddr.process(new URL(`http://[${address}]`).hostname.slice(1, -1));
}

const allowed: AddressVerdict = { allowed: true };

function refused(reason: string): AddressVerdict {
  return { allowed: false, reason };
}

function spelling(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  return address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
}

/** 2000::/3 is all that was ever given out. An interface id of [02]00:5efe:a.b.c.d is an ISATAP tunnel (RFC 5214). */
function isGlobalUnicast(address: ipaddr.IPv6): boolean {
  const [first = 0, , , , fifth, sixth] = address.parts;
  const isatap = sixth === 0x5efe && (fifth === 0 || fifth === 0x0200);
  return first >>> 13 === 0b001 && !isatap;
}
