import { z } from 'zod';
import { canonicalEmail } from '@/lib/auth/email-address';
import type { RefusalCode } from '@/lib/auth/openid/refused';
import { displayName } from '@/lib/organization/display-name';

/** What a provider says about somebody, read once. Nothing in it was checked against our accounts. */
export type Claims = {
  readonly issuer: string;
  readonly subject: string;
  /** In its canonical spelling; undefined when there is none, or one that is no address. */
  readonly email: string | undefined;
  readonly emailVerified: boolean;
  readonly name: string | undefined;
  /** Google's `hd`: the organization that the account belongs to, which has proved that the domain is its own. */
  readonly hostedDomain: string | undefined;
  /** What else was sent, by name only. */
  readonly others: readonly string[];
};

/** OpenID Connect Core §2: at most 255 ASCII characters, compared letter by letter. */
const subject = z.string().regex(/^[\x20-\x7e]{1,255}$/);
const claimsSchema = z.looseObject({ iss: z.string().max(2_048), sub: subject, iat: z.number() });

/** Clocks may differ by this many seconds. */
export const clockToleranceSeconds = 60;

/** What every ID token is made of, and what we read. */
const known = [
  'iss',
  'sub',
  'aud',
  'azp',
  'exp',
  'iat',
  'nbf',
  'nonce',
  'at_hash',
  'c_hash',
  's_hash',
  'acr',
  'amr',
];
const read = ['email', 'email_verified', 'name', 'hd'];

/** Reads the claims of an ID token whose signature was checked; undefined when it cannot say whom it is about. */
export function readClaims(idToken: unknown): Claims | undefined {
  const parsed = claimsSchema.safeParse(idToken);
  if (!parsed.success) return undefined;
  const { iss, sub, iat, ...claims } = parsed.data;
  if (iat > Date.now() / 1_000 + clockToleranceSeconds) return undefined;
  return {
    issuer: iss,
    subject: sub,
    email: typeof claims.email === 'string' ? canonicalEmail(claims.email) : undefined,
    // The text "true" is no yes: whoever sends texts here may send any.
    emailVerified: claims.email_verified === true,
    hostedDomain: typeof claims.hd === 'string' ? claims.hd.toLowerCase() : undefined,
    name: displayName('a name').safeParse(claims.name).data,
    others: Object.keys(claims).filter((name) => !known.includes(name) && !read.includes(name)),
  };
}

/** Why somebody with these claims may not come in through the connection, whoever they are; undefined when they may. */
export function objectionTo(
  { email, emailVerified }: Claims,
  allowedDomains: readonly string[],
): RefusalCode | undefined {
  if (email === undefined) return 'email_missing';
  if (!emailVerified) return 'email_not_verified';
  const domain = email.slice(email.indexOf('@') + 1);
  if (allowedDomains.length > 0 && !allowedDomains.includes(domain)) return 'domain_not_allowed';
  return undefined;
}
