import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether the header is `Bearer <secret>`, in a time that tells nothing about the secret, not even its length. */
export function bearerMatches(authorization: string | null, secret: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(sha256(given), sha256(secret));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
