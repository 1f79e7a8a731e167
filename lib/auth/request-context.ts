import 'server-only';
import ipaddr from 'ipaddr.js';
import { headers } from 'next/headers';
import type { Context } from '@/lib/audit/event';
import { canonicalIp } from '@/lib/audit/ip-address';
import { uuidV7 } from '@/lib/audit/uuid-v7';
import { pathHeader, peerHeader, requestIdHeader } from '@/lib/auth/request-headers';
import { safePath } from '@/lib/auth/safe-path';
import { env } from '@/lib/env';

const maxUserAgentLength = 512;

export type RequestContext = {
  /** The client's address, as far as it can be believed. */
  ip: string | undefined;
  userAgent: string | undefined;
  requestId: string;
  /** The page that was asked for, with its query; `/` when unknown. Safe to redirect to. */
  path: string;
};

/** Who sent the present request, from where, and what it is called. */
export async function requestContext(): Promise<RequestContext> {
  return readRequestContext(await headers(), env().TRUSTED_PROXIES);
}

/**
 * The same from given headers. X-Forwarded-For is believed only when the connection comes from a trusted proxy, and
 * then from the right: each proxy appends the address it saw, so the first one that is no proxy of ours is the client.
 */
export function readRequestContext(
  headers: Pick<Headers, 'get'>,
  trustedProxies: readonly string[],
): RequestContext {
  const isTrusted = trust(trustedProxies);
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').reverse();
  let ip = canonicalIp(headers.get(peerHeader) ?? undefined);
  for (const hop of hops) {
    if (ip === undefined || !isTrusted(ip)) break;
    const address = canonicalIp(withoutPort(hop.trim()));
    if (address === undefined) break;
    ip = address;
  }
  const requestId = headers.get(requestIdHeader) ?? '';
  return {
    ip,
    userAgent: headers.get('user-agent')?.slice(0, maxUserAgentLength).toWellFormed() || undefined,
    requestId: /^[0-9a-f-]{36}$/.test(requestId) ? requestId : uuidV7(new Date()),
    path: safePath(headers.get(pathHeader)),
  };
}

/** The part of an audit event that a request in the console knows by itself. */
export function auditContext({ ip, userAgent, requestId }: RequestContext): Context {
  return { ip, user_agent: userAgent, request_id: requestId, origin: 'console' };
}

/** "203.0.113.7:4711" and "[2001:db8::7]:4711", as some proxies write it. */
function withoutPort(hop: string): string {
  return hop.replace(/^\[(.+)\](:\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
}

function trust(proxies: readonly string[]): (ip: string) => boolean {
  const ranges = proxies.flatMap((proxy) => {
    // What is no address trusts nobody, which is the safe side.
    if (ipaddr.isValidCIDR(proxy)) return [ipaddr.parseCIDR(proxy)];
    if (!ipaddr.isValid(proxy)) return [];
    const address = ipaddr.process(proxy);
    return [ipaddr.parseCIDR(`${address.toString()}/${address.kind() === 'ipv4' ? 32 : 128}`)];
  });
  return (ip) => {
    const address = ipaddr.process(ip);
    return ranges.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits));
  };
}
