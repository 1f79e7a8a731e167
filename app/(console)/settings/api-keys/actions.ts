'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import type { CreatedKeyData } from '@/components/api-keys/created-key';
import { defineAction } from '@/lib/action/define-action';
import { UserError } from '@/lib/action/user-error';
import { createApiKey } from '@/lib/api-keys/create-api-key';
import { wasUsedLately } from '@/lib/api-keys/key-hints';
import { keyFormSchema } from '@/lib/api-keys/key-input';
import { getApiKey } from '@/lib/api-keys/list-api-keys';
import { revokeApiKey } from '@/lib/api-keys/revoke-api-key';
import { scopes } from '@/lib/api-keys/scopes';
import { timeZone } from '@/lib/auth/preferences';
import { formatDate } from '@/lib/format-time';

/** The key itself is in this one answer and in no page: a reload shows an empty form. */
export const createKeyAction = defineAction<typeof keyFormSchema, CreatedKeyData>({
  name: 'create API key',
  permission: 'api_keys.manage',
  confirmed: true,
  schema: keyFormSchema,
  echo: ['name', 'expires', ...scopes],
  async handler(input, { source }) {
    const { text, expiresAt } = await createApiKey(source, input);
    const expires = expiresAt ? `Expires on ${formatDate(expiresAt, await timeZone())}` : 'Never expires';
    return { status: 'success', data: { name: input.name, text, expires } };
  },
});

export const revokeKeyAction = defineAction({
  name: 'revoke API key',
  permission: 'api_keys.manage',
  confirmed: true,
  schema: z.strictObject({ id: z.uuid(), confirmation: z.string().optional() }),
  echo: ['confirmation'],
  async handler({ id, confirmation = '' }, { actor, source }) {
    const key = await getApiKey(actor.organization.id, id);
    if (!key) throw new UserError('This key does not exist.', { hint: 'Go back to API keys.' });
    if (wasUsedLately(key, new Date()) && confirmation.trim() !== key.name) {
      throw new UserError(`Type ${key.name} to confirm`, {
        field: 'confirmation',
        hint: 'It was used within the last 24 hours. Capital letters count.',
      });
    }
    // One that somebody else revoked meanwhile is what was asked for.
    await revokeApiKey(source, id);
    redirect(`/settings/api-keys?revoked=${id}`);
  },
});
