import {
  createHash,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { env } from '@/lib/env';

/** What stands before the 32 bytes of a seed in PKCS #8, which is how node:crypto takes an Ed25519 key. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

export type Signature = {
  /** SHA-256 of the public key as DER, in hexadecimal: what `openssl pkey -pubin -outform der | sha256sum` prints. */
  readonly keyId: string;
  /** Base64. */
  readonly signature: string;
};

/** Public keys by their id. */
export type PublicKeys = ReadonlyMap<string, KeyObject>;

/** Ed25519, derived by HKDF-SHA256 from CHECKPOINT_KEY, or from APP_SECRET where that is not set: never in the database. */
function privateKey(): KeyObject {
  const { CHECKPOINT_KEY, APP_SECRET } = env();
  const seed = hkdfSync('sha256', CHECKPOINT_KEY ?? APP_SECRET, 'tracekeep', 'tracekeep/v1/checkpoint', 32);
  return createPrivateKey({
    key: Buffer.concat([pkcs8Head, Buffer.from(seed)]),
    format: 'der',
    type: 'pkcs8',
  });
}

function idOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ format: 'der', type: 'spki' }))
    .digest('hex');
}

/** Signs a text with this installation's key. */
export function signText(text: string): Signature {
  const key = privateKey();
  return {
    keyId: idOf(createPublicKey(key)),
    signature: sign(null, Buffer.from(text), key).toString('base64'),
  };
}

/** The public half of this installation's key: its id, and as PEM. */
export function publicKey(): { keyId: string; pem: string } {
  const key = createPublicKey(privateKey());
  return { keyId: idOf(key), pem: key.export({ format: 'pem', type: 'spki' }).toString() };
}

/** The keys whose signatures count here: the present one, and those of CHECKPOINT_FORMER_KEYS. */
export function knownKeys(): PublicKeys {
  const former = env().CHECKPOINT_FORMER_KEYS.map((key) =>
    createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' }),
  );
  return new Map([createPublicKey(privateKey()), ...former].map((key) => [idOf(key), key]));
}

/** What is wrong with a signature, or undefined. A key that is not among `keys` proves nothing. */
export function signatureFault(
  keys: PublicKeys,
  text: string,
  { keyId, signature }: Signature,
): 'forged' | 'unknown key' | undefined {
  const key = keys.get(keyId);
  if (!key) return 'unknown key';
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64')) ? undefined : 'forged';
}
