/** A failure the reader of the terminal can cure: commands print its message alone, without a stack, and exit 1. */
export class Problem extends Error {
  override readonly name = 'Problem';
}
