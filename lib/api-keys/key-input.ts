import { z } from 'zod';
import { scopes } from '@/lib/api-keys/scopes';
import { displayName } from '@/lib/organization/display-name';

const maxNameLength = 50;

/** How long a key may live, in days. Null is without end. */
export const expiryChoices = [7, 30, 90, 365, null] as const;
export type ExpiryDays = (typeof expiryChoices)[number];
export const defaultExpiryDays = 90;

/** What a key is called: it tells keys apart in the list and acts in the audit log. */
export const keyNameSchema = displayName('a name').pipe(
  z.string().max(maxNameLength, `Use at most ${maxNameLength} characters.`),
);

export const keyScopesSchema = z.array(z.enum(scopes)).min(1, 'Choose at least one permission.');

/** A form's field: the number of days, or "never". */
export const keyExpirySchema = z
  .enum(['7', '30', '90', '365', 'never'], { error: 'Choose when the key expires.' })
  .transform((typed) => expiryChoices.find((days) => String(days ?? 'never') === typed) ?? null);
