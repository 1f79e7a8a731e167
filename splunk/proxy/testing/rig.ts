import { EventEmitter, once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { FaultProxy, type FaultProxyOptions } from '@/splunk/proxy/fault-proxy';

/** A listener, and a proxy before it. */
export class Rig {
  readonly #target = createServer({ allowHalfOpen: true });
  readonly #sockets: Socket[] = [];
  #proxy: FaultProxy | undefined;

  static async start(): Promise<Rig> {
    const rig = new Rig();
    rig.#target.listen(0, '127.0.0.1');
    await once(rig.#target, 'listening');
    await rig.restart();
    return rig;
  }

  get proxy(): FaultProxy {
    if (this.#proxy === undefined) throw new Error('The rig was not started');
    return this.#proxy;
  }

  /** A fresh proxy. */
  async restart(options: Partial<FaultProxyOptions> = {}): Promise<void> {
    this.#proxy?.close();
    const address = this.#target.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    this.#proxy = await FaultProxy.start({ target: { port }, seed: 1, ...options });
  }

  /** A client of the proxy, and the connection that the listener accepted for it. */
  async open(): Promise<{ client: Side; server: Side }> {
    const arrival = once(this.#target, 'connection');
    const client = connect({ port: this.proxy.port, host: '127.0.0.1', allowHalfOpen: true });
    const [server] = await arrival;
    this.#sockets.push(client, server);
    return { client: new Side(client), server: new Side(server) };
  }

  close(): void {
    this.proxy.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#target.close();
  }
}

/** One side, with what it has received so far and how its connection ended. */
export class Side {
  text = '';
  ended = false;
  error: unknown;
  readonly #happened = new EventEmitter();

  constructor(readonly socket: Socket) {
    const happened = () => this.#happened.emit('something');
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      this.text += part;
      happened();
    });
    socket.on('end', () => {
      this.ended = true;
      happened();
    });
    socket.on('error', (error: Error & { code?: string }) => {
      this.error = error.code;
    });
    socket.on('close', happened);
  }

  /** Resolves as soon as the condition holds; the test's own time limit is the only one. */
  async until(condition: (side: Side) => boolean): Promise<void> {
    while (!condition(this)) await once(this.#happened, 'something');
  }
}

/** Until the machine has had every chance to carry a byte that is not held back. */
export async function settle(rounds = 50): Promise<void> {
  for (let n = 0; n < rounds; n++) await new Promise((resolve) => setTimeout(resolve, 1));
}
