import { type Lease, renewLease } from '@/lib/siem/delivery/lease';

/**
 * Keeps a lease for as long as its holder works, and tells when it may not be relied on any more: another sender is at work
 * then, or soon may be, and every further byte would be a duplicate. That is the moment a renewal fails, and also the
 * moment the last successful one has nearly run out, as when the database is away: so a request always ends before the
 * lease does, however long it takes.
 */
export class Tenure {
  readonly #lease: Lease;
  readonly #lost = new AbortController();
  readonly #renewing: NodeJS.Timeout;
  #fence: NodeJS.Timeout | undefined;
  #renewedMs: number;

  /** `sinceMs` is the `performance.now()` at which the acquiring statement began. */
  constructor(lease: Lease, sinceMs: number) {
    this.#lease = lease;
    this.#renewedMs = sinceMs;
    this.renewedSince(sinceMs);
    this.#renewing = setInterval(() => void this.#renew(), lease.durationMs / 3);
  }

  /** Aborts when the lease is lost or about to be. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** A statement that began then has renewed the lease: the database's clock began to count later, never earlier. */
  renewedSince(ms: number): void {
    this.#renewedMs = Math.max(this.#renewedMs, ms);
    clearTimeout(this.#fence);
    const leftMs = this.#renewedMs + this.#lease.durationMs - marginMs(this.#lease) - performance.now();
    this.#fence = setTimeout(() => this.#lost.abort(), Math.max(0, leftMs));
  }

  end(): void {
    clearInterval(this.#renewing);
    clearTimeout(this.#fence);
  }

  async #renew(): Promise<void> {
    const sinceMs = performance.now();
    // Each batch renews, too.
    if (sinceMs - this.#renewedMs < this.#lease.durationMs / 3) return;
    try {
      if (await renewLease(this.#lease)) this.renewedSince(sinceMs);
      else this.#lost.abort();
    } catch {
      // The database is away. If it stays away the fence falls.
    }
  }
}

/** Time for a cut request to be noticed before the lease is anybody's. */
function marginMs({ durationMs }: Lease): number {
  return Math.min(1_000, durationMs / 10);
}
