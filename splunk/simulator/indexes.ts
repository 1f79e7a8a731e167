import { z } from 'zod';

/** One Splunk index. A disabled index takes no events. */
export const indexSchema = z.strictObject({ name: z.string().min(1), disabled: z.boolean().optional() });

export type Index = z.output<typeof indexSchema>;

type Placement = {
  readonly index: string;
  /** False when Splunk answered 200 and the event is nevertheless gone: no such index and no last chance. */
  readonly searchable: boolean;
};

/** The indexes this Splunk has. */
export class Indexes {
  readonly #usable = new Set<string>();

  constructor(
    indexes: readonly Index[],
    readonly lastChanceIndex?: string,
  ) {
    for (const index of indexes) this.set(index);
  }

  /** Creates an index, or enables or disables it. */
  set({ name, disabled }: Index): void {
    if (disabled) this.#usable.delete(name);
    else this.#usable.add(name);
  }

  /** Deletes an index; what it holds stays findable, what comes from now on is lost. */
  remove(name: string): void {
    this.#usable.delete(name);
  }

  /**
   * Where an accepted event ends up. HEC says 200 for an index that does not exist; the event is then lost or
   * goes to `lastChanceIndex` (hec.md, finding 5).
   */
  place(index: string): Placement {
    if (this.#usable.has(index)) return { index, searchable: true };
    const last = this.lastChanceIndex;
    if (last !== undefined && this.#usable.has(last)) return { index: last, searchable: true };
    return { index, searchable: false };
  }

  names(): readonly string[] {
    return [...this.#usable];
  }
}
