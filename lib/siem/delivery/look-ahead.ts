import type { Attempt } from '@/lib/siem/delivery/attempt';
import { type Batch, type DamagedEvent, readBatch } from '@/lib/siem/delivery/batch';
import { eventOrigin } from '@/lib/siem/delivery/origin';
import { type Payload, pack } from '@/lib/siem/splunk/payload';

/** A batch that was read and compressed, ready to be posted. */
export type Prepared = { readonly batch: Batch; readonly payload: Payload };

/** What a prepared batch depends on besides the log. */
type Source = Pick<
  Attempt,
  'organizationId' | 'organizationSlug' | 'integrationId' | 'version' | 'index' | 'cursor' | 'gzip'
>;

/** Reads, encodes and compresses the batch behind the cursor. */
export async function prepare(source: Source, limit: number): Promise<Prepared | DamagedEvent> {
  const batch = await read(source, limit);
  return 'damaged' in batch ? batch : { batch, payload: await pack(batch.body, source.gzip) };
}

function read(source: Source, limit: number): Promise<Batch | DamagedEvent> {
  return readBatch({ ...source, limit }, eventOrigin(source.organizationSlug, source.index));
}

/** One batch ahead. Neither promise rejects: what could not be read is read again where an error counts. */
type Ahead = {
  readonly version: number;
  readonly gzip: boolean;
  readonly batch: Promise<Batch | undefined>;
  readonly prepared: Promise<Prepared | undefined>;
};

/** One that is compressed while the next one is read. */
const depth = 2;

/**
 * The batches that follow the one under way, prepared meanwhile: Splunk's answer, our reading and our compressing take
 * place at the same time. It holds {@link depth} batches, which are worth nothing once the stream has gone another way
 * than "all accepted".
 */
export class LookAhead {
  #queue: Ahead[] = [];

  /** Goes on preparing what stands behind `batch`, which is on its way. */
  begin(attempt: Attempt, batch: Batch): void {
    while (this.#queue.length < depth) {
      const before = this.#queue.at(-1)?.batch ?? Promise.resolve(batch);
      this.#queue.push(follow(attempt, before));
    }
  }

  /** What was prepared, if it is exactly what the attempt would read; undefined otherwise, and all of it is forgotten. */
  async take({ cursor, version, gzip }: Attempt, limit: number): Promise<Prepared | undefined> {
    const ahead = this.#queue.shift();
    const same = ahead?.version === version && ahead.gzip === gzip;
    const made = same ? await ahead.prepared : undefined;
    const events = made?.batch.events ?? [];
    if (made && events[0]?.seq === cursor + 1n && events.length <= limit) return made;
    this.#queue = [];
    return undefined;
  }
}

function follow(attempt: Attempt, before: Promise<Batch | undefined>): Ahead {
  const { version, gzip, head, maxEvents } = attempt;
  const batch = before.then(async (known) => {
    const cursor = known?.events.at(-1)?.seq;
    if (cursor === undefined || cursor >= head) return undefined;
    const made = await read({ ...attempt, cursor }, maxEvents).catch(() => undefined);
    return made && 'events' in made ? made : undefined;
  });
  const prepared = batch.then(async (made) => made && { batch: made, payload: await pack(made.body, gzip) });
  return { version, gzip, batch, prepared: prepared.catch(() => undefined) };
}
