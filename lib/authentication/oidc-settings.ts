import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { canonicalEmail } from '@/lib/auth/email-address';
import { networkPolicy } from '@/lib/net/network-policy';
import { parseWebAddress } from '@/lib/net/web-address';
import { displayName } from '@/lib/organization/display-name';

const maxDomains = 50;

/** Characters that RFC 6749 allows in a client's id and secret. */
const printable = /^[\x20-\x7e]*$/;
/** What a form shows instead of a secret, and what a broken script sends. */
const noSecret = /^(\*+|undefined|null)$/;

/** The address as the discovery document should spell it: without the well-known part that people paste along. */
export const issuerSchema = z.string().transform((typed, context) => {
  const rules = { what: 'Issuer URL', example: 'https://login.example.com', policy: networkPolicy() };
  const parsed = parseWebAddress(typed.replace(/\/\.well-known\/openid-configuration\/?\s*$/, ''), rules);
  if (!parsed.ok) {
    context.addIssue({ code: 'custom', message: `${parsed.message}. ${parsed.hint}` });
    return z.NEVER;
  }
  return parsed.url.href;
});

/** Empty where the stored secret stays. */
const secretSchema = z
  .string()
  .max(512, 'Client secret is longer than 512 characters. Copy it again.')
  .transform((typed) => typed.trim())
  .refine(
    (secret) => printable.test(secret) && !noSecret.test(secret),
    'This is no client secret. Copy it from the provider again.',
  );

const scopesSchema = z
  .string()
  .max(512, 'Use at most 512 characters.')
  .transform((typed) => [...new Set(typed.split(/\s+/).filter(Boolean))])
  .refine(
    (scopes) => scopes.every((scope) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope)),
    'Separate scopes by spaces.',
  )
  .refine((scopes) => scopes.includes('openid'), 'Scopes must have openid. Without it there is no ID token.')
  .transform((scopes) => scopes.join(' '));

const domainsSchema = z
  .string()
  .max(4_096, 'Use at most 4,096 characters.')
  .transform((typed, context) => {
    const domains = new Set<string>();
    for (const word of typed.split(/[\s,;]+/).filter(Boolean)) {
      const domain = domainToASCII(word.replace(/^@/, '').toLowerCase());
      if (canonicalEmail(`name@${domain}`) === `name@${domain}`) domains.add(domain);
      else {
        const message = `${word.slice(0, 80)} is no domain. Write them like example.com.`;
        context.addIssue({ code: 'custom', message });
        return z.NEVER;
      }
    }
    if (domains.size > maxDomains) {
      context.addIssue({ code: 'custom', message: `Use at most ${maxDomains} domains.` });
      return z.NEVER;
    }
    return [...domains].sort();
  });

/** The form's fields as an admin types them, read and checked. */
export const oidcSettingsSchema = z.object({
  name: displayName('a name'),
  issuer: issuerSchema,
  clientId: z
    .string()
    .transform((typed) => typed.trim())
    .pipe(
      z
        .string()
        .min(1, 'Enter the client ID.')
        .max(512, 'Client ID is longer than 512 characters. Copy it again.')
        .regex(printable, 'This is no client ID. Copy it from the provider again.'),
    ),
  clientSecret: secretSchema,
  scopes: scopesSchema,
  domains: domainsSchema,
  role: z.enum(['member', 'auditor']),
});

export type OidcSettings = z.output<typeof oidcSettingsSchema>;

/** What the pages may know of a secret: its end. Half of a short one would be too much. */
export function lastFour(secret: string): string {
  return secret.length >= 12 ? secret.slice(-4) : '';
}
