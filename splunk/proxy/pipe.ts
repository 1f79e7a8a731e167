import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Link } from '@/splunk/proxy/link';

type PipeOptions = {
  readonly from: Socket;
  readonly to: Socket;
  /** Asked anew for every piece. */
  readonly link: () => Link;
  /** Chance in [0, 1) for the jitter of a piece. */
  readonly chance: (piece: number) => number;
  /** Where this connection is cut, undefined for nowhere. */
  readonly cutAt: () => number | undefined;
  readonly cut: () => void;
};

/** What arrived, and when it may go on. How the stream ends is a piece, too: it takes its time, and a black hole holds it. */
type Piece = { readonly bytes: Buffer | 'end' | 'reset'; readonly dueAt: number };

/** Beyond this the sender is made to wait, so that a held-back stream costs little memory. */
const maxQueuedBytes = 256 * 1024;

/** With a limited bandwidth bytes go out in portions of this time: smooth enough, and few timers. */
const portionMs = 20;

/** One direction of one connection. */
export class Pipe {
  carried = 0;
  #queue: Piece[] = [];
  #queuedBytes = 0;
  #arrived = 0;
  #latestDue = 0;
  #orphaned = false;
  #wake: () => void = () => {};

  constructor(private readonly options: PipeOptions) {
    const { from, to } = options;
    from.on('data', (bytes: Buffer) => this.#take(bytes));
    from.on('end', () => this.#take('end'));
    // A reset by the sender, or a target that cannot be reached.
    from.on('error', () => this.#take('reset'));
    to.on('drain', () => this.wake());
    to.on('close', () => this.#drop());
    void this.#run();
  }

  /** Carries nothing from now on, for ever, and tells nobody: the other side is gone without a word. */
  orphan(): void {
    this.#orphaned = true;
  }

  /** Tells the receiver that the sender is done; what still comes from it is dropped. */
  finish(): void {
    this.#drop();
    this.options.to.end();
  }

  /** To be called when the link has changed. */
  wake(): void {
    this.#wake();
  }

  /** Nobody is left to carry anything to: what still comes is read, so that its sender can end, and forgotten. */
  #drop(): void {
    this.#queue = [];
    this.#queuedBytes = 0;
    this.orphan();
    this.options.from.resume();
    this.wake();
  }

  #take(bytes: Piece['bytes']): void {
    if (this.#orphaned) return;
    const { latencyMs, jitterMs } = this.options.link();
    const due = performance.now() + latencyMs + jitterMs * this.options.chance(this.#arrived++);
    this.#latestDue = Math.max(this.#latestDue, due);
    this.#queue.push({ bytes, dueAt: this.#latestDue });
    if (typeof bytes !== 'string') this.#queuedBytes += bytes.length;
    if (this.#queuedBytes > maxQueuedBytes) this.options.from.pause();
    this.wake();
  }

  async #run(): Promise<void> {
    const { to, link, cut } = this.options;
    while (!to.destroyed) {
      const [head] = this.#queue;
      const { blackHole, bytesPerSecond } = link();
      if (head === undefined || blackHole || this.#orphaned) await this.#woken();
      else if (head.dueAt > performance.now()) await this.#woken(head.dueAt - performance.now());
      else if (head.bytes === 'reset') return void to.resetAndDestroy();
      else if (head.bytes === 'end') {
        this.#queue.shift();
        to.end();
      } else if (to.writableNeedDrain) await this.#woken();
      else {
        const sent = this.#send(head.bytes, bytesPerSecond);
        if (this.carried >= (this.options.cutAt() ?? Number.POSITIVE_INFINITY)) return cut();
        if (Number.isFinite(bytesPerSecond)) await sleep((sent / bytesPerSecond) * 1000);
      }
    }
  }

  /** Sends as much of the first piece as bandwidth and cut allow, and says how much. */
  #send(bytes: Buffer, bytesPerSecond: number): number {
    const portion = Math.max(1, Math.floor((bytesPerSecond * portionMs) / 1000));
    const left = Math.max(0, (this.options.cutAt() ?? Number.POSITIVE_INFINITY) - this.carried);
    const part = bytes.subarray(0, Math.min(portion, left));
    const rest = bytes.subarray(part.length);
    const dueAt = this.#queue.shift()?.dueAt ?? 0;
    if (rest.length > 0) this.#queue.unshift({ bytes: rest, dueAt });
    this.#queuedBytes -= part.length;
    this.carried += part.length;
    if (this.#queuedBytes <= maxQueuedBytes) this.options.from.resume();
    this.options.to.write(part);
    return part.length;
  }

  async #woken(withinMs?: number): Promise<void> {
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    const timer = withinMs === undefined ? undefined : setTimeout(() => this.#wake(), Math.ceil(withinMs));
    await woken;
    clearTimeout(timer);
  }
}
