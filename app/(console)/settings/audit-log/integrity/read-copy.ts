import type { TypedCopy } from '@/components/integrity/compare-card';

type ReadCopy = {
  typed: TypedCopy;
  problems: Partial<Record<keyof TypedCopy, string>>;
  /** Undefined when nothing was entered, or not all of it can be read. */
  event: { seq: bigint; hash: string } | undefined;
};

/** Reads an event as somebody entered it from their copy; spaces and the case of letters do not matter. */
export function readCopy({ seq, hash }: { seq?: string | undefined; hash?: string | undefined }): ReadCopy {
  const typed = { seq: (seq ?? '').trim().slice(0, 40), hash: (hash ?? '').trim().slice(0, 80) };
  if (seq === undefined && hash === undefined) return { typed, problems: {}, event: undefined };
  const problems = {
    ...(!/^\d{1,18}$/.test(typed.seq) && { seq: 'Enter the number of an event' }),
    ...(!/^[0-9a-f]{64}$/i.test(typed.hash) && { hash: 'Enter the whole hash of the event' }),
  };
  const isWhole = Object.keys(problems).length === 0;
  return { typed, problems, event: isWhole ? { seq: BigInt(typed.seq), hash: typed.hash } : undefined };
}
