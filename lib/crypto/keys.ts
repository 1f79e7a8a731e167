import { hkdfSync } from 'node:crypto';
import { env } from '@/lib/env';

/** What a key is for. Each purpose has a key of its own, so a leak or misuse of one says nothing about another. */
export type KeyPurpose =
  | 'seal'
  | 'session-token'
  | 'next-auth'
  | 'setup-code'
  | 'page-cursor'
  | 'draft-digest';

/** A 256-bit key derived from APP_SECRET by HKDF-SHA256 (RFC 5869) with the purpose as label. */
export function deriveKey(purpose: KeyPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', env().APP_SECRET, 'tracekeep', `tracekeep/v1/${purpose}`, 32));
}
