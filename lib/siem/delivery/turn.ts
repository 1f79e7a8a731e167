/**
 * A place among the streams that one process sends at the same time. Whoever hands it out is told of each request, so that
 * a slow receiver can be moved out of the way of the quick ones, and may ask for the place back between two batches.
 */
export type Turn = {
  /** A request leaves; the function is to be called when it has ended. */
  request(): () => void;
  /** Others have waited for long enough: end after the batch under way. */
  isOver(): boolean;
  /** Whether more batches may be held in memory beside the one under way. */
  mayLookAhead(): boolean;
};

/** A place that nobody else wants. */
export const ownTurn: Turn = {
  request: () => () => undefined,
  isOver: () => false,
  mayLookAhead: () => true,
};
