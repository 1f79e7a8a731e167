import { FlaskConical } from 'lucide-react';
import type { Metadata } from 'next';
import { servedPage } from '@/app/(console)/served-page';
import { OidcForm } from '@/components/authentication/oidc-form';
import { SavedOutcome } from '@/components/authentication/outcome-notice';
import { RedirectUri } from '@/components/authentication/redirect-uri';
import { testHref } from '@/components/authentication/test-href';
import { TestReport } from '@/components/authentication/test-report';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { requireConfirmed } from '@/lib/auth/confirmed';
import { readReport } from '@/lib/auth/openid/report';
import { refusalWords } from '@/lib/auth/openid/words';
import { timeZone } from '@/lib/auth/preferences';
import { getOidcConnection, type OidcConnection, oidcRedirectUri } from '@/lib/authentication/settings';
import { formatDate } from '@/lib/format-time';
import { saveOidcAction } from '../actions';

export const metadata: Metadata = { title: 'OpenID Connect' };

type Search = Record<string, string | string[] | undefined>;

export default servedPage(async function OidcPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { organization } = await requireConfirmed('authentication.manage');
  const [search, connection, redirectUri, zone] = await Promise.all([
    searchParams,
    getOidcConnection(organization.id),
    oidcRedirectUri(organization.id),
    timeZone(),
  ]);
  const report = await readReport(search.outcome);
  return (
    <>
      <PageHeader
        title="OpenID Connect"
        description="Your identity provider says who somebody is; Tracekeep never sees their password."
        actions={
          connection && (
            <Button href={testHref(connection)} icon={<FlaskConical />}>
              Test sign-in
            </Button>
          )
        }
      />
      <div className="grid gap-4">
        <SavedOutcome search={search} />
        {report?.purpose === 'test' && (
          <TestReport
            report={report}
            words={report.refusal && refusalWords(report.refusal, report)}
            enabled={connection?.enabled ?? false}
          />
        )}
        <RedirectUri uri={redirectUri} />
        <OidcForm action={saveOidcAction} {...formOf(connection, zone)} />
      </div>
    </>
  );
});

function formOf(connection: OidcConnection | undefined, zone: string) {
  if (!connection) {
    const scopes = 'openid email profile';
    return { initial: { name: '', issuer: '', clientId: '', scopes, domains: '', role: 'member' } };
  }
  const { name, issuer, clientId, scopes, allowedDomains, role, version, secretLast4, secretSetAt } =
    connection;
  const end = secretLast4 && `ends in ${secretLast4}, `;
  return {
    initial: { name, issuer, clientId, scopes, domains: allowedDomains.join(' '), role },
    version,
    storedSecret: `${end}set on ${formatDate(secretSetAt, zone)}`,
  };
}
