/**
 * The search for one refused event whose place the answer did not tell. It stands somewhere up to and including this
 * seq; everything behind is not suspected.
 */
export type Suspects = { readonly until: bigint };

/**
 * How many events to send next: half of the suspects, so that each answer halves their number whichever it is. An
 * accepted half moves the cursor, a refused half moves `until`: log2(500) = 9 rounds find one in a full batch.
 */
export function suspectLimit({ until }: Suspects, cursor: bigint): number {
  return Math.max(1, Math.ceil(Number(until - cursor) / 2));
}

/** The suspects that are left once the cursor has moved; undefined when none is. */
export function remainingSuspects(suspects: Suspects | undefined, cursor: bigint): Suspects | undefined {
  return suspects && cursor < suspects.until ? suspects : undefined;
}
