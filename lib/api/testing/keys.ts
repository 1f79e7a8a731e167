import { createApiKey } from '@/lib/api-keys/create-api-key';
import type { Scope } from '@/lib/api-keys/scopes';
import type { AuditSource } from '@/lib/audit/event';

/** A new key of the person who acts, as text. */
export async function keyWith(source: AuditSource, ...scopes: Scope[]): Promise<string> {
  const name = `key ${crypto.randomUUID()}`;
  const { text } = await createApiKey(source, { name, scopes, expiresInDays: 7 });
  return text;
}

/** What a client sends to prove itself. */
export const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
