import type { IncomingMessage } from 'node:http';
import { refuse } from '@/splunk/simulator/answer';
import type { Token } from '@/splunk/simulator/tokens';

export type BalancerSettings = {
  /** Virtual indexers behind the one address; acknowledgements of one are unknown to the others. */
  readonly nodes: number;
  /** `headerEnforcementMode = block`: a request that needs acknowledgement must bring the balancer's cookie. */
  readonly blockWithoutCookie: boolean;
};

/** The stickiness cookies an AWS balancer sets, by which Splunk 10.2 tells that one is in use (hec.md §3). */
const cookie = /(?:^|;\s*)AWSALB(?:CORS|TG|TGCORS)?=node-(\d+)/;

/** Spreads the requests over the virtual indexers: by cookie, and in turn where there is none. */
export class Balancer {
  #turn = 0;
  settings: BalancerSettings;

  constructor(settings: Partial<BalancerSettings> = {}) {
    this.settings = { nodes: 1, blockWithoutCookie: false, ...settings };
  }

  /** The indexer, 0 and up, that serves a request. */
  route(request: IncomingMessage): number {
    const wanted = Number(cookie.exec(request.headers.cookie ?? '')?.[1] ?? Number.NaN);
    if (wanted < this.settings.nodes) return wanted;
    return this.#turn++ % this.settings.nodes;
  }

  /** What the balancer adds to every answer. */
  headers(node: number): Record<string, string> {
    const { nodes, blockWithoutCookie } = this.settings;
    return nodes > 1 || blockWithoutCookie ? { 'Set-Cookie': `AWSALB=node-${node}; Path=/` } : {};
  }

  /** @throws Refusal with code 28, whose text says it best; the real one was never published */
  requireCookie(request: IncomingMessage, token: Token): void {
    const required = this.settings.blockWithoutCookie && token.useAck;
    if (required && !cookie.test(request.headers.cookie ?? '')) throw refuse(28);
  }
}
