import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@/bin/ports';
import { root } from '@/bin/settings';

/** A cold start on a busy machine. */
const startDeadlineMs = 180_000;

/** One running application, exactly as `npm start` runs it: a process that can be killed, frozen and stopped. */
export class Instance {
  private constructor(
    readonly url: string,
    readonly logFile: string,
    private readonly child: ChildProcess,
  ) {}

  /** Resolves when it serves. `number` names its log in `directory`. */
  static async start(databaseUrl: string, directory: string, number: number): Promise<Instance> {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const logFile = path.join(directory, `instance-${number}.log`);
    const log = await open(logFile, 'a');
    const child = spawn(process.execPath, [path.join(root, 'bin/start.mjs')], {
      env: {
        ...process.env,
        // Any value makes it end when this process has ended.
        npm_lifecycle_event: 'faults',
        NODE_ENV: 'production',
        NODE_OPTIONS: '',
        LOG_LEVEL: 'debug',
        DATA_DIR: directory,
        DATABASE_URL: databaseUrl,
        PORT: String(port),
        PUBLIC_URL: url,
      },
      stdio: ['ignore', log.fd, log.fd],
    });
    await log.close();
    const instance = new Instance(url, logFile, child);
    const endWithThis = () => child.kill('SIGKILL');
    process.once('exit', endWithThis);
    child.once('exit', () => process.off('exit', endWithThis));
    await instance.#untilServing();
    return instance;
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('the instance was not started');
    return this.child.pid;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    if (!this.running) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  /** As an operator stops it; returns the exit code, or the signal that it died of. */
  async stop(): Promise<number | string> {
    if (this.running) {
      const ended = once(this.child, 'exit');
      this.child.kill('SIGTERM');
      await ended;
    }
    return this.child.exitCode ?? this.child.signalCode ?? 'unknown';
  }

  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }

  /** Resident memory in MB. */
  get megabytes(): number {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    return Math.round(Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0) / 1_024);
  }

  /** Whether it says that it can serve. */
  async well(): Promise<boolean> {
    const answer = await this.#health();
    return answer?.status === 200;
  }

  async #untilServing(): Promise<void> {
    const deadline = Date.now() + startDeadlineMs;
    while (Date.now() < deadline && this.running) {
      if (await this.#health()) return;
      await sleep(50);
    }
    await this.kill();
    throw new Error(`The application did not start:\n${await readFile(this.logFile, 'utf8')}`);
  }

  #health(): Promise<Response | undefined> {
    const signal = AbortSignal.timeout(5_000);
    return fetch(`${this.url}/api/health`, { signal }).catch(() => undefined);
  }
}
