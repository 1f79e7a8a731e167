import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { draw, freshSeed } from '@/splunk/draw';
import { type Direction, goodLink, type Link } from '@/splunk/proxy/link';
import { Pipe } from '@/splunk/proxy/pipe';

type Target = { readonly host?: string; readonly port: number };

export type FaultProxyOptions = {
  readonly target: Target;
  /** 0, as when absent, takes a free port. */
  readonly port?: number;
  /** What chance is drawn from; fresh when absent. */
  readonly seed?: number;
};

type Tunnel = {
  readonly id: number;
  readonly client: Socket;
  readonly server: Socket;
  readonly up: Pipe;
  readonly down: Pipe;
};

const directions = ['up', 'down'] as const satisfies readonly Direction[];

/**
 * A TCP connection with faults, between two parties that know nothing of it. `up` carries what the client sends, `down`
 * what it receives. Everything acts on open connections, too. Listens on loopback only.
 */
export class FaultProxy {
  #links: Record<Direction, Link> = { up: goodLink, down: goodLink };
  readonly #tunnels = new Set<Tunnel>();
  #server: Server | undefined;
  #opened = 0;

  private constructor(
    private readonly target: Target,
    readonly seed: number,
    private portNumber: number,
  ) {}

  /** Rejects with the system's error when the port cannot be had. */
  static async start({ target, port = 0, seed = freshSeed() }: FaultProxyOptions): Promise<FaultProxy> {
    const proxy = new FaultProxy(target, seed, port);
    await proxy.#listen();
    return proxy;
  }

  get port(): number {
    return this.portNumber;
  }

  /** Connections now open, with the bytes each has carried. */
  get connections(): readonly { readonly id: number; readonly up: number; readonly down: number }[] {
    return [...this.#tunnels].map(({ id, up, down }) => ({ id, up: up.carried, down: down.carried }));
  }

  /** Connections opened since the start. */
  get opened(): number {
    return this.#opened;
  }

  /** Changes what is named, in one direction or in both. */
  change(changes: Partial<Link>, only?: Direction): void {
    for (const direction of only ? [only] : directions) {
      this.#links[direction] = { ...this.#links[direction], ...changes };
    }
    for (const { up, down } of this.#tunnels) for (const pipe of [up, down]) pipe.wake();
  }

  /** Good links again, and a port that accepts. Connections that were ended or orphaned stay so. */
  async heal(): Promise<void> {
    this.change(goodLink);
    if (this.#server === undefined) await this.#listen();
  }

  /** New connections are refused until `heal`; open ones stay. */
  refuse(): void {
    this.#server?.close();
    this.#server = undefined;
  }

  /** Both sides of every open connection get a RST. */
  reset(): void {
    for (const { client, server } of this.#tunnels)
      for (const socket of [client, server]) socket.resetAndDestroy();
  }

  /** One side of every open connection is told that the other is done sending; the other direction goes on. */
  halfClose(direction: Direction): void {
    for (const tunnel of this.#tunnels) tunnel[direction].finish();
  }

  /** Open connections carry nothing any more, not even their end; new ones are fine. */
  orphan(): void {
    for (const { up, down } of this.#tunnels) for (const pipe of [up, down]) pipe.orphan();
  }

  close(): void {
    this.refuse();
    for (const { client, server } of this.#tunnels) for (const socket of [client, server]) socket.destroy();
  }

  async #listen(): Promise<void> {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#accept(client));
    server.listen(this.portNumber, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address === 'object' && address !== null) this.portNumber = address.port;
    this.#server = server;
  }

  #accept(client: Socket): void {
    const id = ++this.#opened;
    const { host = '127.0.0.1', port } = this.target;
    const server = connect({ host, port, allowHalfOpen: true, noDelay: true });
    const pipe = (direction: Direction, from: Socket, to: Socket): Pipe =>
      new Pipe({
        from,
        to,
        link: () => this.#links[direction],
        chance: (piece) => draw(this.seed, direction, id, piece),
        cutAt: () => this.#cutAt(direction, id),
        cut: () => this.#cut(direction, from, to),
      });
    const up = pipe('up', client, server);
    const tunnel: Tunnel = { id, client, server, up, down: pipe('down', server, client) };
    this.#tunnels.add(tunnel);
    for (const socket of [client, server]) {
      socket.on('close', () => {
        if (client.closed && server.closed) this.#tunnels.delete(tunnel);
      });
    }
  }

  #cutAt(direction: Direction, id: number): number | undefined {
    const { cutAfterBytes } = this.#links[direction];
    if (cutAfterBytes === undefined || typeof cutAfterBytes === 'number') return cutAfterBytes;
    const [least, most] = cutAfterBytes;
    return least + Math.floor(draw(this.seed, direction, id, 'cut') * (most - least + 1));
  }

  #cut(direction: Direction, from: Socket, to: Socket): void {
    if (this.#links[direction].cutBy === 'reset') to.resetAndDestroy();
    else to.end();
    from.resetAndDestroy();
  }
}
