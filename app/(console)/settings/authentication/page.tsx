import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { EmailCard } from '@/components/authentication/email-card';
import { GoogleCard } from '@/components/authentication/google-card';
import { OidcCard } from '@/components/authentication/oidc-card';
import { MethodOutcome } from '@/components/authentication/outcome-notice';
import { SignInAddress } from '@/components/authentication/sign-in-address';
import { PageHeader } from '@/components/ui/page-header';
import { requireConfirmed } from '@/lib/auth/confirmed';
import { readAuthentication, signInAddress } from '@/lib/authentication/settings';
import { disableMethodAction, enableMethodAction } from './actions';

export const metadata: Metadata = { title: 'Authentication' };

type Search = Record<string, string | string[] | undefined>;

export default servedPage(async function AuthenticationPage({
  searchParams,
}: {
  searchParams: Promise<Search>;
}) {
  const { organization } = await requireConfirmed('authentication.manage');
  const [search, settings] = await Promise.all([searchParams, readAuthentication(organization.id)]);
  const actions = { enable: enableMethodAction, disable: disableMethodAction };
  return (
    <>
      <PageHeader
        title="Authentication"
        description="How people of your organization sign in. A change holds from the next request on."
      />
      <div className="grid max-w-190 gap-4">
        <MethodOutcome search={search} />
        <EmailCard settings={settings} actions={actions} />
        <GoogleCard settings={settings} actions={actions} />
        <OidcCard settings={settings} actions={actions} />
        <SignInAddress address={signInAddress(organization.slug)} />
      </div>
    </>
  );
});
