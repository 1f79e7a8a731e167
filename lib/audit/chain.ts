import { createHash } from 'node:crypto';

/** The hash before an organization's first event; the same as the database's audit_genesis(). */
export function genesisHash(organizationId: string): Buffer {
  return createHash('sha256').update(`tracekeep:audit:v1:${organizationId}`).digest();
}

/** sha256(previous hash || seq as a big-endian 64-bit integer || record as UTF-8); the same as the trigger audit_seal(). */
export function sealHash(previous: Uint8Array, seq: bigint, record: string): Buffer {
  const number = Buffer.alloc(8);
  number.writeBigInt64BE(seq);
  return createHash('sha256').update(previous).update(number).update(record, 'utf8').digest();
}
