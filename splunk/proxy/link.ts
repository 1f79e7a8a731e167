/** What one direction of a connection does to the bytes it carries. May change while they are under way. */
export type Link = {
  /** Every byte arrives so much later; what is under way already keeps its time. */
  readonly latencyMs: number;
  /** And up to so much more, drawn from the seed. The order of bytes is kept, as TCP keeps it. */
  readonly jitterMs: number;
  readonly bytesPerSecond: number;
  /** Nothing gets through, and nobody is told. When it ends, what was held back arrives: TCP would have sent it again. */
  readonly blackHole: boolean;
  /** Ends a connection that has carried so many bytes, or a number between two, drawn from the seed for each of them. */
  readonly cutAfterBytes: number | readonly [least: number, most: number] | undefined;
  /** How it then ends: a FIN to the receiver, as if the sender were done; or a reset to both. */
  readonly cutBy: 'end' | 'reset';
};

export type Direction = 'up' | 'down';

/** A link that does nothing at all to them. */
export const goodLink: Link = {
  latencyMs: 0,
  jitterMs: 0,
  bytesPerSecond: Number.POSITIVE_INFINITY,
  blackHole: false,
  cutAfterBytes: undefined,
  cutBy: 'end',
};
