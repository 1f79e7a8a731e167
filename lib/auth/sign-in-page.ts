import { readMethods } from '@/lib/auth/methods';
import { providerName } from '@/lib/auth/openid/provider-ref';
import { openProviders } from '@/lib/auth/ways-in';
import { db } from '@/lib/db/client';

/** What a sign-in page offers. */
export type SignInPage = {
  readonly organization: { readonly slug: string; readonly name: string };
  /** Off: for admins only. */
  readonly email: boolean;
  readonly providers: readonly { readonly name: string; readonly provider: string }[];
};

/** What somebody typed as an organization's slug; undefined when it can be none. */
export function shortNameOf(typed: unknown): string | undefined {
  const slug = typeof typed === 'string' ? typed.trim().toLowerCase() : '';
  return /^[a-z0-9-]{1,64}$/.test(slug) ? slug : undefined;
}

/** The sign-in page of one organization; undefined when there is none of this slug. */
export async function getSignInPage(slug: string): Promise<SignInPage | undefined> {
  if (shortNameOf(slug) !== slug) return undefined;
  const found = await db().organization.findUnique({
    where: { slug },
    select: { id: true, slug: true, name: true },
  });
  if (!found) return undefined;
  const { id, ...organization } = found;
  const methods = await readMethods(id);
  const providers = openProviders(methods).map(({ ref, name }) => ({ name, provider: providerName(ref) }));
  return { organization, email: methods.email, providers };
}

/** The same where an installation has a single organization, so that nobody need say whose sign-in they want. */
export async function getOnlySignInPage(): Promise<SignInPage | undefined> {
  const [first, ...others] = await db().organization.findMany({ take: 2, select: { slug: true } });
  return first && others.length === 0 ? getSignInPage(first.slug) : undefined;
}
