import { createHash, randomBytes } from 'node:crypto';

const tokenBytes = 32;

/** 256 random bits as 43 characters that stand in an address as they are. */
export function newToken(): string {
  return randomBytes(tokenBytes).toString('base64url');
}

/** What the database keeps of a token. SHA-256 is enough for 256 random bits: nobody can try them all. */
export function hashToken(token: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash('sha256').update(token).digest());
}
