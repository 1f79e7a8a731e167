import { z } from 'zod';
import { SealError, unseal } from '@/lib/crypto/seal';
import { db } from '@/lib/db/client';
import { tokenPlace } from '@/lib/siem/delivery/clients';
import {
  type Connection,
  parseConnectionPart,
  sameOrigin,
  type TypedConnection,
  tokenNeeded,
} from '@/lib/siem/integrations/connection';
import { NotFoundError, RefusedError } from '@/lib/siem/integrations/refusal';
import { storedTrust } from '@/lib/siem/splunk/trust';

/**
 * The connection of an integration, with what was typed over it: for a test of settings that are not saved yet. Uses the
 * stored token only for the address that it was entered for. For the server only: it holds the token.
 * Throws {@link NotFoundError} or a {@link RefusedError} that names the field.
 */
export async function storedConnection(
  organizationId: string,
  id: string,
  typed: TypedConnection = {},
): Promise<{ name: string; connection: Connection }> {
  const part = parseConnectionPart(typed);
  const stored = z.uuid().safeParse(id).success
    ? await db().siemIntegration.findUnique({ where: { organizationId_id: { organizationId, id } } })
    : null;
  if (!stored) throw new NotFoundError();
  const eventUrl = part.address?.eventUrl ?? stored.eventUrl;
  if (part.token === undefined && !sameOrigin(eventUrl, stored.eventUrl)) throw tokenNeeded;
  return {
    name: stored.name,
    connection: {
      eventUrl,
      token: part.token ?? openToken(stored),
      index: (part.index === undefined ? stored.index : part.index) ?? undefined,
      trust: part.trust ?? storedTrust(stored),
      warnings: part.warnings,
    },
  };
}

function openToken({ id, tokenSealed }: { id: string; tokenSealed: string }): string {
  try {
    return unseal(tokenSealed, tokenPlace(id));
  } catch (error) {
    if (error instanceof SealError) throw unreadable;
    throw error;
  }
}

const unreadable = new RefusedError([
  {
    field: 'hecToken',
    message: 'The stored HEC token cannot be read',
    hint: 'APP_SECRET was changed since it was entered. Enter the token again.',
  },
]);
