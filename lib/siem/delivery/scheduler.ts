import { log } from '@/lib/log';
import type { Turn } from '@/lib/siem/delivery/turn';

/**
 * The two ways to the places of a process. A receiver that is quick goes by the prompt lane. One that fails, or took long
 * the last time, goes by the patient lane, so that however many of them there are the prompt lane stays free.
 */
export type Lane = 'prompt' | 'patient';

export type SchedulerOptions = {
  /** So many streams are sent at the same time by the prompt lane. */
  readonly prompt: number;
  /** So many begin by the patient lane; as many again may be moved there from the prompt lane when they turn out slow. */
  readonly patient: number;
  /** A request that takes longer is slow. Milliseconds. */
  readonly slowMs: number;
  /** Whoever had a place for so long gives it back after the batch under way, if others wait. Milliseconds. */
  readonly turnMs: number;
  /** Up to so many streams at the same time may each hold batches ahead. */
  readonly lookAheads: number;
};

/**
 * Memory is bounded by these: a place holds one batch, 512 KiB and its compressed form, so 96 of them 70 MB at the most,
 * and two ahead for eight of them 10 MB. Ninety-six hanging receivers at the same time would make the others wait, once, until the
 * first of them reach their deadline; from then on they are known.
 */
const usualOptions: SchedulerOptions = {
  prompt: 32,
  patient: 32,
  slowMs: 1_000,
  turnMs: 1_000,
  lookAheads: 8,
};

/** A stream that has a place. */
type Place = { lane: Lane; readonly sinceMs: number; wokenAgain: boolean };

/**
 * Hands out the places of this process, first come first served within a lane. What waits for a place holds no memory and
 * no lease, so another instance may take it meanwhile. A stream that waits for its next attempt has no place: the poll
 * wakes it when its time has come.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #places = new Map<string, Place>();
  readonly #work = new Map<string, Promise<void>>();
  readonly #queues = { prompt: new Set<string>(), patient: new Set<string>() };
  /** Receivers whose last request here was slow. */
  readonly #slow = new Set<string>();
  #stopped = false;

  /** `run` sends one stream for as long as its turn lasts; true when it has more to send. It may reject. */
  constructor(
    readonly run: (key: string, turn: Turn) => Promise<boolean>,
    options: Partial<SchedulerOptions> = {},
  ) {
    this.#options = { ...usualOptions, ...options };
  }

  /** Has the stream sent as soon as there is a place. One that is being sent is looked at once more when it ends. */
  wake(key: string, lane: Lane): void {
    if (this.#stopped) return;
    const place = this.#places.get(key);
    if (place) place.wokenAgain = true;
    else this.#enqueue(key, lane);
  }

  /** How many are being sent, and how many wait for a place. */
  get load(): { readonly sending: number; readonly queued: number } {
    return { sending: this.#places.size, queued: this.#queues.prompt.size + this.#queues.patient.size };
  }

  /** One promise for each stream that has a place; it resolves when the place is given back. */
  get underWay(): readonly Promise<void>[] {
    return [...this.#work.values()];
  }

  /** Begins no other, and resolves when those under way have ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const queue of Object.values(this.#queues)) queue.clear();
    await Promise.all(this.#work.values());
  }

  #enqueue(key: string, lane: Lane): void {
    if (this.#queues.prompt.has(key) || this.#queues.patient.has(key)) return;
    this.#queues[this.#slow.has(key) ? 'patient' : lane].add(key);
    this.#fill();
  }

  #fill(): void {
    for (const lane of ['prompt', 'patient'] as const) {
      for (const key of this.#queues[lane]) {
        if (this.#inLane(lane) >= this.#options[lane]) break;
        this.#queues[lane].delete(key);
        this.#work.set(key, this.#send(key, lane));
      }
    }
  }

  #inLane(lane: Lane): number {
    let count = 0;
    for (const place of this.#places.values()) if (place.lane === lane) count += 1;
    return count;
  }

  async #send(key: string, lane: Lane): Promise<void> {
    const place: Place = { lane, sinceMs: performance.now(), wokenAgain: false };
    this.#places.set(key, place);
    const more = await this.run(key, this.#turnOf(key, place)).catch((error: unknown) => {
      log.warn({ err: error, id: key }, 'delivery was interrupted');
      return false;
    });
    this.#places.delete(key);
    this.#work.delete(key);
    // Behind those who have waited meanwhile.
    if ((more || place.wokenAgain) && !this.#stopped) this.#enqueue(key, place.lane);
    this.#fill();
  }

  #turnOf(key: string, place: Place): Turn {
    const { slowMs, turnMs, lookAheads } = this.#options;
    return {
      request: () => {
        const beganMs = performance.now();
        const watch = setInterval(() => this.#moveAside(place), slowMs);
        return () => {
          clearInterval(watch);
          if (performance.now() - beganMs > slowMs) this.#slow.add(key);
          else this.#slow.delete(key);
        };
      },
      isOver: () => performance.now() - place.sinceMs > turnMs && this.#queues[place.lane].size > 0,
      mayLookAhead: () => this.#places.size <= lookAheads,
    };
  }

  /** Gives the place in the prompt lane to whoever waits for it, while the slow request goes on. */
  #moveAside(place: Place): void {
    if (place.lane === 'patient' || this.#inLane('patient') >= 2 * this.#options.patient) return;
    place.lane = 'patient';
    this.#fill();
  }
}
