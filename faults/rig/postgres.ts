import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, startPostgres } from '@/bin/postgres/cluster';
import { findPostmaster, isRunning } from '@/bin/postgres/postmaster';
import { FaultProxy } from '@/splunk/proxy/fault-proxy';

/**
 * A PostgreSQL that can be killed and comes back, behind two links: one that faults strike, for the servers, and a good
 * one for whoever looks at them. Both keep their addresses when PostgreSQL gets another port.
 */
export class Postgres {
  private constructor(
    private readonly dataDirectory: string,
    private readonly durable: boolean,
    private cluster: Cluster,
    /** Between the servers and PostgreSQL. */
    readonly link: FaultProxy,
    private readonly goodLink: FaultProxy,
  ) {}

  /** `durable`: what is committed survives a crash, as in production. */
  static async start(dataDirectory: string, durable: boolean): Promise<Postgres> {
    const cluster = await startPostgres({ dataDirectory, durable });
    const target = { port: portOf(cluster) };
    const [link, goodLink] = await Promise.all([FaultProxy.start({ target }), FaultProxy.start({ target })]);
    const postgres = new Postgres(dataDirectory, durable, cluster, link, goodLink);
    // The links look at it for each connection.
    Object.defineProperty(target, 'port', { get: () => portOf(postgres.cluster) });
    return postgres;
  }

  /** Through the link that faults strike. */
  get url(): string {
    return through(this.link, this.cluster);
  }

  /** Through the good one. */
  get goodUrl(): string {
    return through(this.goodLink, this.cluster);
  }

  /** Ends it without any warning: its own processes as by a crash, or the first of them as by an operator's mistake. */
  async crash(signal: 'SIGQUIT' | 'SIGKILL'): Promise<void> {
    const running = findPostmaster(path.join(this.dataDirectory, 'postgres'));
    if (!running) throw new Error('PostgreSQL does not run');
    process.kill(running.pid, signal);
    while (isRunning(running.pid)) await sleep(10);
  }

  /** Recovers from what it had written. */
  async restart(): Promise<void> {
    this.cluster = await startPostgres({ dataDirectory: this.dataDirectory, durable: this.durable });
  }

  async stop(): Promise<void> {
    this.link.close();
    this.goodLink.close();
    await this.cluster.stop();
  }
}

function portOf({ url }: Cluster): number {
  return Number(new URL(url).port);
}

function through({ port }: FaultProxy, { url }: Cluster): string {
  const changed = new URL(url);
  changed.port = String(port);
  return changed.href;
}
