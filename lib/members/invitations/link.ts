import { hashToken, newToken } from '@/lib/crypto/token';
import { env } from '@/lib/env';

/** Hours in which a link works: a long weekend. */
export const lifetimeHours = 72;

/** A new secret for an invitation: the link for one person's eyes, and what the database keeps of it. */
export type Link = { url: string; tokenHash: Uint8Array<ArrayBuffer>; expiresAt: Date };

/** Makes the link of an invitation. It never stands in a log or a record, and cannot be shown a second time. */
export function newLink(now: Date): Link {
  const token = newToken();
  return {
    url: `${env().PUBLIC_URL}/invite/${token}`,
    tokenHash: hashToken(token),
    expiresAt: new Date(now.getTime() + lifetimeHours * 3_600_000),
  };
}

/** What the database keeps of a token out of an address; undefined for what cannot be one. */
export function hashOf(token: string): Uint8Array<ArrayBuffer> | undefined {
  return /^[\w-]{43}$/.test(token) ? hashToken(token) : undefined;
}
