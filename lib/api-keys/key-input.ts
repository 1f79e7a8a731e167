import { z } from 'zod';
import { scopes } from '@/lib/api-keys/scopes';
import { displayName } from '@/lib/organization/display-name';

const maxNameLength = 50;

/** How long a key may live, in days. Null is without end. */
export const expiryChoices = [7, 30, 90, 365, null] as const;
export type ExpiryDays = (typeof expiryChoices)[number];
export const defaultExpiryDays = 90;

const name = displayName('a name').pipe(
  z.string().max(maxNameLength, `Use at most ${maxNameLength} characters.`),
);

const expires = z
  .enum(['7', '30', '90', '365', 'never'], { error: 'Choose when the key expires.' })
  .transform((typed) => expiryChoices.find((days) => String(days ?? 'never') === typed) ?? null);

/** A box that was ticked is sent; one that was not is absent. A form sends each name once, so each scope has its own. */
const boxes = Object.fromEntries(scopes.map((scope) => [scope, z.literal('on').optional()]));

/** The form that creates a key: its fields are `name`, `expires` (days, or "never"), and each scope as a box. */
export const keyFormSchema = z
  .strictObject({ name, expires, ...boxes })
  .refine(hasScope, {
    path: ['scopes'],
    message: 'Choose at least one permission.',
    // Also where other fields are wrong: everything is told at once.
    when: () => true,
  })
  .transform(({ name, expires, ...ticked }) => ({
    name,
    expiresInDays: expires,
    scopes: scopes.filter((scope) => scope in ticked),
  }));

function hasScope(form: object): boolean {
  return scopes.some((scope) => scope in form);
}
