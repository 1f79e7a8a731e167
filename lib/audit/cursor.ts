import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '@/lib/crypto/keys';

/** A place between two events, and which way to read from it. */
export type PageCursor = { direction: 'older' | 'newer'; seq: bigint };

function mac(payload: string, digest: string): Buffer {
  return createHmac('sha256', deriveKey('page-cursor'))
    .update(`${payload}\n${digest}`)
    .digest()
    .subarray(0, 16);
}

/** An opaque cursor that holds for one filter only (`digest`) and names nothing but a number and a direction. */
export function formatCursor(cursor: PageCursor, digest: string): string {
  const payload = `${cursor.direction === 'older' ? 'o' : 'n'}${cursor.seq.toString(36)}`;
  return `${payload}.${mac(payload, digest).toString('base64url')}`;
}

/** Reads what {@link formatCursor} made for the same filter; undefined for a forged, foreign or damaged one. */
export function parseCursor(text: string, digest: string): PageCursor | undefined {
  const match = /^([on])([0-9a-z]{1,13})\.([\w-]{22})$/.exec(text);
  if (!match) return undefined;
  const [, direction, digits = '', signature = ''] = match;
  const given = Buffer.from(signature, 'base64url');
  if (!timingSafeEqual(given, mac(`${direction}${digits}`, digest))) return undefined;
  const seq = [...digits].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n);
  return { direction: direction === 'o' ? 'older' : 'newer', seq };
}
