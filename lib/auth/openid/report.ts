import 'server-only';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Claims } from '@/lib/auth/openid/claims';
import { purposes } from '@/lib/auth/openid/intent';
import { quote } from '@/lib/auth/openid/quote';
import { refusalCodes } from '@/lib/auth/openid/refused';
import { readSealedCookie, writeSealedCookie } from '@/lib/auth/sealed-cookie';

/** Long enough to read it, and to come back to it. */
const lifetimeSeconds = 300;

const claimsSchema = z.object({
  issuer: z.string(),
  subject: z.string(),
  email: z.string().optional(),
  emailVerified: z.boolean(),
  name: z.string().optional(),
  others: z.array(z.string()),
});

const reportSchema = z.object({
  id: z.string(),
  purpose: z.enum(purposes),
  /** What the provider is called. */
  provider: z.string(),
  /** Absent when it worked. */
  refusal: z.enum(refusalCodes).optional(),
  said: z.string().optional(),
  detail: z.string().optional(),
  email: z.string().optional(),
  claims: claimsSchema.optional(),
});

/** What came of a way to an identity provider and back, for the page that follows. */
export type Report = z.infer<typeof reportSchema>;

/**
 * Keeps a report for the next page, whose address carries only its id: so nobody can write a link to our sign-in page that
 * shows words of theirs. What is too much for a cookie is left out but for the result itself.
 */
export async function keepReport(report: Omit<Report, 'id'>): Promise<string> {
  const id = randomUUID();
  const { purpose, provider, refusal } = report;
  const kept =
    (await writeSealedCookie('report', { ...report, id }, lifetimeSeconds)) ||
    (await writeSealedCookie('report', { id, purpose, provider, refusal }, lifetimeSeconds));
  if (!kept) throw new RangeError('not even the result fits into a cookie');
  return id;
}

/** The report of this id, if this browser got it a moment ago. */
export async function readReport(id: unknown): Promise<Report | undefined> {
  const report = await readSealedCookie('report', reportSchema);
  return report !== undefined && report.id === id ? report : undefined;
}

/** As much of the claims as a page shows and a cookie holds. */
export function shownClaims(claims: Claims): Report['claims'] {
  return {
    ...claims,
    issuer: claims.issuer.slice(0, 200),
    others: claims.others.slice(0, 20).flatMap((name) => quote(name.slice(0, 40)) ?? []),
  };
}
