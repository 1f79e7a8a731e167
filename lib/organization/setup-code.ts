import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '@/lib/crypto/keys';
import { db } from '@/lib/db/client';
import { env } from '@/lib/env';
import { hasOrganization } from '@/lib/organization/has-organization';

/** Crockford's base 32: no I, L, O, U, so nothing can be misread from a console. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groups = 3;
const groupLength = 4;

/**
 * The code that proves access to the server's console: 60 bits, the same after a restart and on every instance, and
 * different for every database. It opens nothing once an organization exists.
 */
export async function setupCode(): Promise<string> {
  const installation = await db().installation.findFirstOrThrow();
  const digest = createHmac('sha256', deriveKey('setup-code')).update(installation.id).digest();
  const letters = Array.from(digest.subarray(0, groups * groupLength), (byte) => alphabet.charAt(byte % 32));
  const parts = Array.from({ length: groups }, (_, at) =>
    letters.slice(at * groupLength, (at + 1) * groupLength).join(''),
  );
  return parts.join('-');
}

/** Whether the code was typed right: in any case, with or without hyphens, in constant time. */
export async function isSetupCode(typed: string): Promise<boolean> {
  const digest = (code: string) =>
    createHmac('sha256', deriveKey('setup-code')).update(canonical(code)).digest();
  return timingSafeEqual(digest(typed), digest(await setupCode()));
}

function canonical(code: string): string {
  return code
    .toUpperCase()
    .replace(/[\s-]+/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}

/** Prints the code on the server's console while nobody has an account yet. */
export async function announceSetupCode(): Promise<void> {
  if (await hasOrganization()) return;
  process.stdout.write(
    `\nCreate the first account at ${env().PUBLIC_URL}/setup\nSet-up code: ${await setupCode()}\n\n`,
  );
}
