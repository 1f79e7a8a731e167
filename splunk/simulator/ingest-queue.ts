import type { Limits } from '@/splunk/simulator/limits';

/** The queue between HEC and the indexer: what was accepted and is not yet written. It drains at a constant rate. */
export class IngestQueue {
  #bytes = 0;
  #at: number;

  constructor(private readonly clock: () => number) {
    this.#at = clock();
  }

  add(bytes: number, limits: Limits): void {
    this.#drain(limits);
    this.#bytes += bytes;
  }

  /** 1 and more is full; the last request may overfill it. */
  fill(limits: Limits): number {
    this.#drain(limits);
    return this.#bytes / limits.queueCapacityBytes;
  }

  clear(): void {
    this.#bytes = 0;
  }

  #drain({ queueDrainBytesPerSecond }: Limits): void {
    const now = this.clock();
    // Not `rate * elapsed` alone: an unlimited rate times no time at all is not a number.
    const drained = now > this.#at ? ((now - this.#at) / 1000) * queueDrainBytesPerSecond : 0;
    this.#bytes = Math.max(0, this.#bytes - drained);
    this.#at = now;
  }
}
