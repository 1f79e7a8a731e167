import { domainToASCII } from 'node:url';
import { z } from 'zod';

const maxLength = 254;
const example = 'Write an e-mail address like name@example.com.';

/**
 * One spelling per mailbox: lower case, the domain in its ASCII form. Undefined for what is no address, and for what
 * only looks like one: `name＠example.com` with a full-width @ is another text to us and the same to some libraries
 * (CVE-2026-73420).
 */
export function canonicalEmail(typed: string): string | undefined {
  const text = typed.trim();
  if (text.length > maxLength || text !== text.normalize('NFKC')) return undefined;
  const [local, domain, ...more] = text.toLowerCase().split('@');
  if (!local || !domain || more.length > 0) return undefined;
  if (local.length > 64 || !/^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/.test(local)) {
    return undefined;
  }
  const ascii = domainToASCII(domain);
  if (!/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*$/.test(ascii)) return undefined;
  const email = `${local}@${ascii}`;
  return email.length <= maxLength ? email : undefined;
}

/** A form's field; its output is the canonical spelling. */
export const emailSchema = z.string().transform((typed, context) => {
  const email = canonicalEmail(typed);
  if (email === undefined) {
    context.addIssue({
      code: 'custom',
      message: typed.trim() === '' ? 'Enter your e-mail address.' : example,
    });
    return z.NEVER;
  }
  return email;
});
