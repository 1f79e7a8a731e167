import { SealError, seal, unseal } from '@/lib/crypto/seal';

/** Where the secret belongs: sealed text opens in this row and field, and nowhere else. */
function place(connectionId: string): string {
  return `oidc_connection:${connectionId}:client_secret`;
}

export function sealClientSecret(connectionId: string, secret: string): string {
  return seal(secret, place(connectionId));
}

/** The secret; undefined when it was sealed with another APP_SECRET or altered, so it has to be entered again. */
export function openClientSecret(connectionId: string, sealed: string): string | undefined {
  try {
    return unseal(sealed, place(connectionId));
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}
