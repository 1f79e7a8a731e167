/** One Splunk index. A disabled index takes no events. */
export type Index = { readonly name: string; readonly disabled?: boolean };

type Placement = {
  readonly index: string;
  /** False when Splunk answered 200 and the event is nevertheless gone: no such index and no last chance. */
  readonly searchable: boolean;
};

/** The indexes this Splunk has. */
export class Indexes {
  readonly #usable: ReadonlySet<string>;

  constructor(
    indexes: readonly Index[],
    readonly lastChanceIndex?: string,
  ) {
    this.#usable = new Set(indexes.filter((index) => !index.disabled).map((index) => index.name));
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
