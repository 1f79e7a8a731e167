import { createHash } from 'node:crypto';

type Part = string | null | undefined;

/**
 * One value for all that the log says of an actor or a target, as the database's audit_ref() computes it: two events
 * have the same exactly when they say the same.
 */
export function partyRef(type: Part, id: Part, name: Part, email: Part): string {
  const hash = createHash('sha256');
  for (const part of [type, id, name, email]) {
    // With its length before it no list of parts reads like another.
    hash.update(part === null || part === undefined ? ':' : `${Buffer.byteLength(part)}:${part}`);
  }
  return hash
    .digest('hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
