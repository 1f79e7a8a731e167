import { draw } from '@/splunk/draw';

/** Random decisions that come again with the same seed. */
export class Chance {
  #drawn = 0;

  constructor(
    readonly seed: number,
    private readonly about: string,
  ) {}

  /** In [0, 1). */
  next(): number {
    return draw(this.seed, this.about, this.#drawn++);
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<T>(choices: readonly T[]): T {
    const chosen = choices[this.between(0, choices.length - 1)];
    if (chosen === undefined) throw new RangeError('there is nothing to choose from');
    return chosen;
  }
}
