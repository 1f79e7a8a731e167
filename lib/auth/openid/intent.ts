import 'server-only';
import { z } from 'zod';
import { flowSeconds } from '@/lib/auth/next-auth';
import { clearCookies, readSealedCookie, writeSealedCookie } from '@/lib/auth/sealed-cookie';

/** What somebody goes to a provider for. */
export const purposes = ['sign-in', 'link', 'test'] as const;
export type Purpose = (typeof purposes)[number];

const intentSchema = z.object({
  purpose: z.enum(purposes),
  /** lib/auth/openid/provider-ref.ts, as it stands in the address. */
  provider: z.string(),
  organizationId: z.string(),
  /** Of the connection's settings. */
  version: z.number(),
  state: z.string(),
  /** Where to go after signing in. */
  next: z.string(),
  /** Whose account to link, or who tests: this session and no other may finish it. */
  sessionId: z.string().optional(),
});

/** What this browser set out to do when it went to a provider. */
export type Intent = z.infer<typeof intentSchema>;

/** Remembers it in the browser, in place of an earlier one. A path too long for a cookie is forgotten. */
export async function keepIntent(intent: Intent): Promise<void> {
  if (await writeSealedCookie('intent', intent, flowSeconds)) return;
  await writeSealedCookie('intent', { ...intent, next: '/' }, flowSeconds);
}

/**
 * The intent that an answer with this `state` belongs to, once: from now on neither the answer nor the intent can be used
 * again. Undefined when this browser did not ask for such an answer, or has asked for another one since; that one stays.
 */
export async function takeIntent(provider: string, state: string | null): Promise<Intent | undefined> {
  const intent = await readSealedCookie('intent', intentSchema);
  if (!intent || intent.provider !== provider || intent.state !== state) return undefined;
  await clearCookies('intent');
  return intent;
}

/** To be called when an answer was dealt with, whatever came of it: next-auth itself keeps its cookies after a failure. */
export function forgetFlow(): Promise<void> {
  return clearCookies('state', 'nonce', 'pkce');
}
