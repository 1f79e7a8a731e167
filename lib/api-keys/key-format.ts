import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * `tk_<10 characters>_<43 characters of secret><6 of checksum>`, letters and digits only, so that a double click selects
 * all of it and a secret scanner knows it. The checksum tells a mistyped or cut key from a foreign one without asking
 * the database; it protects nothing.
 */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const idLength = 10;
/** 256 bits. */
const secretBytes = 32;
const secretLength = 43;
/** 32 bits of CRC. */
const checksumLength = 6;
const prefixLength = 'tk_'.length + idLength;
/** Of a whole key. */
const keyLength = prefixLength + 1 + secretLength + checksumLength;

/** A key that nobody has yet. `prefix` may be shown and logged; `text` is the key itself, and its only copy. */
export type NewKey = { prefix: string; text: string; secretHash: Uint8Array<ArrayBuffer> };

/** Makes a key from 256 random bits. */
export function generateKey(): NewKey {
  const prefix = `tk_${randomText(idLength)}`;
  const secret = toText(BigInt(`0x${randomBytes(secretBytes).toString('hex')}`), secretLength);
  const text = `${prefix}_${secret}`;
  return { prefix, text: text + checksum(text), secretHash: hashSecret(secret) };
}

/** What a text is that was given as a key. `prefix` is there as soon as it can be made out. */
export type KeyReading =
  | { ok: true; prefix: string; secret: string }
  | { ok: false; fault: 'foreign' | 'truncated' | 'mistyped'; prefix?: string };

/** Reads a key without the database: foreign (no key of Tracekeep), truncated, mistyped, or well formed. */
export function readKey(text: string): KeyReading {
  if (!/^tk_/.test(text)) return { ok: false, fault: 'foreign' };
  const prefix = keyPrefixOf(text);
  const known = prefix === undefined ? {} : { prefix };
  if (!/^tk_[0-9A-Za-z]*(_[0-9A-Za-z]*)?$/.test(text)) return { ok: false, fault: 'mistyped', ...known };
  if (text.length < keyLength) return { ok: false, fault: 'truncated', ...known };
  const body = text.slice(0, -checksumLength);
  if (prefix === undefined || text.length > keyLength || checksum(body) !== text.slice(-checksumLength))
    return { ok: false, fault: 'mistyped', ...known };
  return { ok: true, prefix, secret: body.slice(prefixLength + 1) };
}

/** Whether this is a key, whole or in part: what must not stand in an address. */
export function looksLikeKey(text: string): boolean {
  return text.length > prefixLength && keyPrefixOf(text) !== undefined;
}

/** Whether `secret` is the one that was hashed, in a time that does not depend on where they differ. */
export function secretMatches(secret: string, secretHash: Uint8Array): boolean {
  return timingSafeEqual(hashSecret(secret), secretHash);
}

function keyPrefixOf(text: string): string | undefined {
  return /^(tk_[0-9A-Za-z]{10})(_|$)/.exec(text)?.[1];
}

/** 256 random bits need no salt and no slow hash: there is nothing to guess. */
function hashSecret(secret: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash('sha256').update(secret).digest());
}

function checksum(text: string): string {
  return toText(BigInt(crc32(text)), checksumLength);
}

function toText(number: bigint, length: number): string {
  const base = BigInt(alphabet.length);
  let text = '';
  for (let rest = number; text.length < length; rest /= base)
    text = alphabet.charAt(Number(rest % base)) + text;
  return text;
}

function randomText(length: number): string {
  // 62 does not divide 256: a few more bits than needed make the difference too small to matter.
  return toText(BigInt(`0x${randomBytes(length).toString('hex')}`), length);
}
