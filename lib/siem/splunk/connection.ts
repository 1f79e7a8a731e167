import { Client } from 'undici';
import type { Lookup } from '@/lib/net/lookup';
import type { NetworkPolicy } from '@/lib/net/network-policy';
import { type ConnectStep, pinnedConnector } from '@/lib/net/pinned-connector';
import { type ServerCertificate, serverCertificate } from '@/lib/net/server-certificate';
import type { TlsTrust } from '@/lib/net/tls-trust';

/** Milliseconds. */
export const connectionLimits = {
  /** TCP and TLS. */
  connectTimeoutMs: 5_000,
  /** Silence before the headers of an answer, and between the parts of its body. */
  answerTimeoutMs: 15_000,
  /** Splunk closes an idle connection at 12 s while it is busy; a request sent into that moment is lost. */
  keepAliveMs: 10_000,
  /** So that a balancer can spread us again (splunk-firehose-nozzle#354). */
  ageMs: 60_000,
};

export type ConnectionOptions = {
  readonly origin: string;
  readonly policy: NetworkPolicy;
  readonly limits: typeof connectionLimits;
  readonly lookup: Lookup | undefined;
  readonly trust: TlsTrust;
  readonly onStep: ((step: HecStep) => void) | undefined;
};

/** How far a first request has come before its answer. */
export type HecStep =
  | ConnectStep
  /** The connection stands; over https with a certificate that is trusted. */
  | { readonly kind: 'open'; readonly certificate: ServerCertificate | undefined };

/** One connection to one destination, opened by its first request, and what is known about it. */
export class Connection {
  readonly client: Client;
  readonly #bornMs = performance.now();
  #open = false;
  #openings = 0;
  #certificate: ServerCertificate | undefined;

  constructor(options: ConnectionOptions) {
    const { limits, policy, lookup, trust, onStep } = options;
    this.client = new Client(options.origin, {
      connect: pinnedConnector({
        policy,
        lookup,
        trust,
        timeoutMs: limits.connectTimeoutMs,
        onStep,
        onOpen: (certificate) => {
          this.#open = true;
          this.#openings += 1;
          this.#certificate = serverCertificate(certificate);
          onStep?.({ kind: 'open', certificate: this.#certificate });
        },
      }),
      headersTimeout: limits.answerTimeoutMs,
      bodyTimeout: limits.answerTimeoutMs,
      keepAliveTimeout: limits.keepAliveMs,
      keepAliveMaxTimeout: limits.keepAliveMs,
      maxHeaderSize: 16_384,
      pipelining: 1,
    });
    this.client.on('disconnect', () => {
      this.#open = false;
    });
  }

  /** Asks later whether a byte of a request that starts now can have left: never before a socket stands, verified. */
  watch(): () => boolean {
    const wasOpen = this.#open;
    const openings = this.#openings;
    return () => wasOpen || this.#openings > openings;
  }

  get ageMs(): number {
    return performance.now() - this.#bornMs;
  }

  get certificate(): ServerCertificate | undefined {
    return this.#certificate;
  }

  /** Ends at once; a request in flight fails. */
  destroy(): Promise<void> {
    return this.client.destroy();
  }

  /** Lets a request in flight finish, then closes. */
  retire(): void {
    this.client.close().catch(() => {});
  }
}
