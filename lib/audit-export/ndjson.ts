import type { ChainedEvent } from '@/lib/audit/chained-events';

/**
 * One event as a line: the sealed bytes with their place in the chain spliced in before them, so that
 * `{"seq":7,"hash":"…","previous_hash":"…",` is replaced by `{` to have the record as it was hashed. docs/chain.md explains
 * how to check it.
 */
export function ndjsonLine({ seq, hash, previousHash, raw }: ChainedEvent): string {
  const place = `{"seq":${seq},"hash":"${hash}","previous_hash":"${previousHash}",`;
  if (raw.startsWith('{"') && raw.endsWith('}') && !/[\r\n]/.test(raw)) return `${place}${raw.slice(1)}\n`;
  // No record of ours. It cannot have the hash, and who verifies the file is told so at this line.
  return `${place}"damaged":${JSON.stringify(raw)}}\n`;
}
