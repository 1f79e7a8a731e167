import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { deriveKey } from '@/lib/crypto/keys';

const version = 'v1';
const ivBytes = 12;
const tagBytes = 16;

/** Sealed text that cannot be opened: another key, another row or altered bytes. Says nothing about the content. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

/** Names the sealing key without revealing it, so a rotation can tell which rows are left. */
function keyId(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}

/**
 * Seals a secret with AES-256-GCM and a random 96-bit IV. `aad` says where it belongs, for example
 * `siem_integration:<id>:token`: the text does not open anywhere else.
 */
export function seal(plaintext: string, aad: string): string {
  const key = deriveKey('seal');
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(aad));
  const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
  return [version, keyId(key), Buffer.concat([iv, body, cipher.getAuthTag()]).toString('base64url')].join(
    '.',
  );
}

/** Opens what {@link seal} made for the same `aad`. Throws {@link SealError} otherwise. */
export function unseal(sealed: string, aad: string): string {
  const key = deriveKey('seal');
  const [sealedVersion, sealedWith, payload] = sealed.split('.');
  if (sealedVersion !== version || sealedWith !== keyId(key) || !payload) {
    throw new SealError('the secret was sealed with another APP_SECRET');
  }
  const bytes = Buffer.from(payload, 'base64url');
  try {
    const iv = bytes.subarray(0, ivBytes);
    const tag = bytes.subarray(-tagBytes);
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(aad)).setAuthTag(tag);
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]).toString(
      'utf8',
    );
  } catch {
    throw new SealError('the sealed secret was altered or belongs to another row');
  }
}
