import { Agent, type ClientRequestArgs } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { NetworkPolicy } from '@/lib/net/network-policy';
import { pinnedConnector } from '@/lib/net/pinned-connector';
import type { Lookup } from '@/lib/net/resolve';
import { bareHost } from '@/lib/net/web-address';

export type AgentRules = {
  readonly policy: NetworkPolicy;
  /** From the open connection to the last byte of the answer. Milliseconds. */
  readonly deadlineMs: number;
  /** Of the whole answer, headers too. */
  readonly maxBytes: number;
  readonly lookup?: Lookup;
};

const connectTimeoutMs = 5_000;

/**
 * The guard of lib/net/guarded-request.ts for a library that speaks through node:http itself: an agent for one exchange
 * with `url`. Each address is checked and pinned, TLS is verified, time and size are bounded. (node:http follows no
 * redirect.) Requests fail with an error that has a `code`, among them `ERR_DEADLINE` and `ERR_TOO_LONG`.
 */
export function guardedAgent(url: URL, rules: AgentRules): Agent {
  return new GuardedAgent(url, rules);
}

class GuardedAgent extends Agent {
  /** Both are read by node:https: the first has to be right, the second is left out of the Host header. */
  readonly protocol: string;
  readonly defaultPort: number;

  constructor(
    private readonly url: URL,
    private readonly rules: AgentRules,
  ) {
    super({ keepAlive: false });
    this.protocol = url.protocol;
    this.defaultPort = url.protocol === 'https:' ? 443 : 80;
  }

  override createConnection(
    _options: ClientRequestArgs,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const { policy, lookup, deadlineMs, maxBytes } = this.rules;
    const connect = pinnedConnector({ policy, lookup, timeoutMs: connectTimeoutMs });
    const { hostname, protocol, port } = this.url;
    connect({ hostname: bareHost(hostname), protocol, port }, (...[error, socket]) => {
      if (socket) bound(socket, deadlineMs, maxBytes);
      // Node declares the stream as always there; beside an error it looks at neither.
      Reflect.apply(callback ?? ignore, undefined, [error, socket]);
    });
    return undefined;
  }
}

function ignore(): void {}

function bound(socket: Socket, deadlineMs: number, maxBytes: number): void {
  const end = (code: string) => socket.destroy(Object.assign(new Error(code), { code }));
  const timer = setTimeout(() => end('ERR_DEADLINE'), deadlineMs);
  let bytes = 0;
  socket.once('close', () => clearTimeout(timer));
  socket.on('data', (chunk: Uint8Array) => {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) end('ERR_TOO_LONG');
  });
}
