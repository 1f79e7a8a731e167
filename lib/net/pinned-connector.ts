import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';
import { codeOf } from '@/lib/net/error-code';
import type { NetworkPolicy } from '@/lib/net/network-policy';
import { type Lookup, type PinnedAddress, resolveHost } from '@/lib/net/resolve';
import { pinProblem, type TlsTrust, tlsOptions } from '@/lib/net/tls-trust';

/** No connection came about, so nothing was sent. The message is the code alone: it may be logged. */
export class ConnectError extends Error {
  override readonly name = 'ConnectError';
  constructor(
    readonly code: string,
    /** What the server showed before it was refused. */
    readonly certificate: PeerCertificate | undefined,
    cause: unknown,
  ) {
    super(code, { cause });
  }
}

export type ConnectorOptions = {
  readonly policy: NetworkPolicy;
  /** Limit for TCP and TLS together; the name lookup has its own. */
  readonly timeoutMs: number;
  /** The system's authorities unless given. */
  readonly trust?: TlsTrust | undefined;
  readonly lookup?: Lookup | undefined;
  readonly onOpen?: (certificate: PeerCertificate | undefined, socket: Socket) => void;
  readonly onStep?: ((step: ConnectStep) => void) | undefined;
};

/** How far a connection has come: its name is resolved and allowed; the TCP handshake is done. */
export type ConnectStep =
  | { readonly kind: 'resolved'; readonly addresses: readonly string[] }
  | { readonly kind: 'connected' };

/** One slow address of several may take this long before the next one is tried as well. */
const attemptTimeoutMs = 1_000;

/**
 * A connector for undici that resolves the name, checks every address against the policy and connects to one of those
 * addresses and to nothing else. SNI, the certificate check and the Host header keep the name. TLS 1.2 is the least, and
 * verification cannot be switched off: the socket is handed over, and so the first byte of a request written, only after
 * the certificate has passed. Every connection resolves and verifies anew: there are no resumed sessions.
 * Fails with a ConnectError.
 */
export function pinnedConnector(options: ConnectorOptions): buildConnector.connector {
  return ({ hostname, protocol, port }, callback) => {
    const secure = protocol === 'https:';
    const portNumber = port ? Number(port) : secure ? 443 : 80;
    const resolved = resolveHost(
      hostname,
      portNumber,
      options.policy,
      options.lookup ? { lookup: options.lookup } : {},
    );
    resolved
      .then((addresses) => {
        options.onStep?.({ kind: 'resolved', addresses: addresses.map(({ address }) => address) });
        return open({ hostname, port: portNumber, secure, addresses }, options);
      })
      .then(
        (socket) => callback(null, socket),
        (error: unknown) =>
          callback(
            error instanceof ConnectError ? error : new ConnectError(codeOf(error), undefined, error),
            null,
          ),
      );
  };
}

type Target = {
  readonly hostname: string;
  readonly port: number;
  readonly secure: boolean;
  readonly addresses: readonly PinnedAddress[];
};

function open(target: Target, options: ConnectorOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    let certificate: PeerCertificate | undefined;
    const { trust = { kind: 'system' } } = options;
    const socket = target.secure ? secureSocket(target, trust) : plainSocket(target);
    const timer = setTimeout(() => socket.destroy(coded('UND_ERR_CONNECT_TIMEOUT')), options.timeoutMs);
    const fail = (error: unknown) => {
      clearTimeout(timer);
      reject(new ConnectError(codeOf(error), certificate, error));
    };
    socket.setNoDelay(true);
    socket.once('error', fail);
    // Of TLS, too, this is the handshake of TCP.
    socket.once('connect', () => options.onStep?.({ kind: 'connected' }));
    // Emitted when the handshake is done and before the certificate is judged: the last moment to see a refused one.
    socket.prependListener('secure', () => {
      certificate = isTls(socket) ? socket.getPeerCertificate() : undefined;
    });
    socket.once(target.secure ? 'secureConnect' : 'connect', () => {
      const problem = target.secure ? pinProblem(trust, certificate) : undefined;
      if (problem) return void socket.destroy(coded(problem));
      clearTimeout(timer);
      socket.off('error', fail);
      options.onOpen?.(certificate, socket);
      resolve(socket);
    });
  });
}

function plainSocket({ hostname, port, addresses }: Target): Socket {
  return connectTcp({ host: hostname, port, ...pinnedTo(addresses) });
}

function secureSocket({ hostname, port, addresses }: Target, trust: TlsTrust): TLSSocket {
  return connectTls({
    host: hostname,
    port,
    ...pinnedTo(addresses),
    // An IP literal has no place in SNI; Node then checks the certificate against `host`.
    servername: isIP(hostname) ? '' : hostname,
    ALPNProtocols: ['http/1.1'],
    ...tlsOptions(trust),
  });
}

/** Node asks this instead of DNS. It does not ask for an IP literal, which was checked before. */
function pinnedTo(addresses: readonly PinnedAddress[]) {
  const lookup: LookupFunction = (_host, { all }, callback) => {
    const [first] = addresses;
    if (all || !first) callback(null, [...addresses]);
    else callback(null, first.address, first.family);
  };
  return { lookup, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: attemptTimeoutMs };
}

function isTls(socket: Socket): socket is TLSSocket {
  return 'getPeerCertificate' in socket;
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}
