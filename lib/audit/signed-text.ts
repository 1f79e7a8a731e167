/** A place of the log: all events up to `seq` are as they were when their last one had this hash. */
export type SignedPlace = {
  readonly organizationId: string;
  readonly seq: bigint | string;
  /** Hexadecimal. */
  readonly hash: string;
  /** When it was signed, as the record has it: 2026-11-24T09:00:00.000Z. */
  readonly time: string;
};

/** What a checkpoint signs, byte for byte; docs/chain.md and bin/verify.mjs say the same. */
export function checkpointText({ organizationId, seq, hash, time }: SignedPlace): string {
  return `tracekeep:checkpoint:v1:${organizationId}:${seq}:${hash}:${time}`;
}

/** What the place signs up to which retention has deleted the log. */
export function anchorText({ organizationId, seq, hash, time }: SignedPlace): string {
  return `tracekeep:anchor:v1:${organizationId}:${seq}:${hash}:${time}`;
}
