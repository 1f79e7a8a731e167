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
  const { organizationSlug, index } = source;
  const batch = await readBatch({ ...source, limit }, eventOrigin(organizationSlug, index));
  return 'damaged' in batch ? batch : { batch, payload: await pack(batch.body, source.gzip) };
}

/**
 * The batch that follows the one under way, prepared meanwhile: Splunk's answer and our reading take place at the same
 * time. It holds one batch, and is worth nothing once the stream has gone another way than "all accepted".
 */
export class LookAhead {
  #source: Source | undefined;
  #prepared: Promise<Prepared | undefined> | undefined;

  /** Begins to prepare what stands behind `batch`. */
  begin(attempt: Attempt, batch: Batch): void {
    const last = batch.events.at(-1);
    if (!last || last.seq >= attempt.head) return;
    this.#source = { ...attempt, cursor: last.seq };
    this.#prepared = prepare(this.#source, attempt.maxEvents).then(
      (made) => ('damaged' in made ? undefined : made),
      // It is read again where an error counts.
      () => undefined,
    );
  }

  /** What was prepared, if it is exactly what the attempt would read; undefined otherwise. It is forgotten either way. */
  async take(attempt: Attempt, limit: number): Promise<Prepared | undefined> {
    const [source, prepared] = [this.#source, this.#prepared];
    this.#source = undefined;
    this.#prepared = undefined;
    const same =
      source?.cursor === attempt.cursor && source.version === attempt.version && source.gzip === attempt.gzip;
    const made = same ? await prepared : undefined;
    return made && made.batch.events.length <= limit ? made : undefined;
  }
}
