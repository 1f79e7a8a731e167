import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import { type PeerCertificate, TLSSocket } from 'node:tls';
import { Client } from 'undici';
import { cutOff } from '@/lib/net/cut-off';
import type { Lookup } from '@/lib/net/lookup';
import type { NetworkPolicy } from '@/lib/net/network-policy';
import { pinnedConnector } from '@/lib/net/pinned-connector';
import { userAgent } from '@/lib/net/user-agent';

export type GuardedRequest = {
  readonly policy: NetworkPolicy;
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For the whole exchange, from the name lookup to the last byte. Milliseconds. */
  readonly deadlineMs: number;
  /** What is longer is not read, and the answer says so. */
  readonly maxBodyBytes: number;
  /** PEM of the authorities to trust instead of the system's. */
  readonly caCertificate?: string | undefined;
  readonly lookup?: Lookup;
  readonly signal?: AbortSignal | undefined;
};

export type GuardedAnswer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly bodyTruncated: boolean;
  /** Undefined over plain http. `protocol` is "TLSv1.2" or "TLSv1.3". */
  readonly tls: { readonly protocol: string; readonly certificate: PeerCertificate } | undefined;
};

const connectTimeoutMs = 5_000;

/**
 * One HTTP exchange with an address that a person may have typed: the name is resolved, each address is checked against
 * the policy, and the connection goes to a checked one; TLS is verified; a redirect is an answer like any other and never
 * followed; time and size are bounded. Nothing is kept alive.
 *
 * Rejects with a ConnectError when no connection came about, and else with an error that has a `code` (lib/net/error-code.ts):
 * `ERR_DEADLINE`, `ERR_ABORTED`, or what Node or undici call it.
 */
export async function guardedRequest(url: URL, request: GuardedRequest): Promise<GuardedAnswer> {
  const { policy, method = 'GET', deadlineMs, maxBodyBytes, caCertificate, lookup, signal } = request;
  let tls: GuardedAnswer['tls'];
  const client = new Client(url.origin, {
    connect: pinnedConnector({
      policy,
      timeoutMs: connectTimeoutMs,
      ...(caCertificate !== undefined && { trust: { kind: 'ca', pem: caCertificate } }),
      lookup,
      onOpen: (certificate, socket) => {
        if (certificate) tls = { protocol: protocolOf(socket), certificate };
      },
    }),
    headersTimeout: deadlineMs,
    bodyTimeout: deadlineMs,
    maxHeaderSize: 65_536,
    pipelining: 1,
  });
  const limit = cutOff(deadlineMs, signal);
  try {
    const response = await limit.race(
      client.request({
        method,
        path: url.pathname + url.search,
        headers: { 'user-agent': userAgent, accept: '*/*', ...request.headers },
        body: request.body ?? null,
        signal: limit.signal,
      }),
    );
    const { body, truncated } = await limit.race(readText(response.body, maxBodyBytes));
    return { status: response.statusCode, headers: response.headers, body, bodyTruncated: truncated, tls };
  } finally {
    limit.release();
    client.destroy().catch(() => undefined);
  }
}

function protocolOf(socket: Socket): string {
  return (socket instanceof TLSSocket && socket.getProtocol()) || 'unknown';
}

async function readText(stream: AsyncIterable<Uint8Array>, maxBytes: number) {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes > maxBytes) break;
  }
  const body = Buffer.concat(chunks).toString('utf8', 0, maxBytes);
  return { body, truncated: bytes > maxBytes };
}
