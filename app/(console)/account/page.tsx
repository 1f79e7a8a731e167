import type { Metadata } from 'next';
import { setThemeAction, setTimeZoneAction } from '@/app/preferences/actions';
import { PreferenceForms } from '@/components/account/preference-forms';
import { SessionList } from '@/components/account/session-list';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { DefinitionList } from '@/components/ui/definition-list';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/actor';
import { describeDevice } from '@/lib/auth/device';
import { theme, timeZone } from '@/lib/auth/preferences';
import { listSessions } from '@/lib/auth/session';
import { servedPage } from '../served-page';
import { endSessionAction, signOutAction, signOutEverywhereAction } from './actions';
import { SignInMethods } from './sign-in-methods/section';

export const metadata: Metadata = { title: 'Account' };

export default servedPage(async function AccountPage() {
  const { user, organization, sessionId } = await requirePermission('account.manage');
  const sessions = await listSessions(user.id);
  const zone = await timeZone();

  return (
    <>
      <PageHeader title="Account" description="Who you are here, and where you are signed in." />
      <div className="grid max-w-190 gap-4">
        <Card aria-label="Profile">
          <CardBody>
            <DefinitionList
              items={[
                { term: 'Name', description: user.name },
                { term: 'E-mail', description: user.email },
                { term: 'Role', description: <span className="capitalize">{user.role}</span> },
                { term: 'Organization', description: organization.name },
              ]}
            />
          </CardBody>
        </Card>
        <SignInMethods />
        <SessionList
          sessions={sessions.map((session) => ({
            ...session,
            device: describeDevice(session.userAgent),
            current: session.id === sessionId,
          }))}
          zone={zone}
          actions={{
            end: endSessionAction,
            signOut: signOutAction,
            signOutEverywhere: signOutEverywhereAction,
          }}
        />
        <Card aria-labelledby="display-title">
          <CardHeader titleId="display-title" title="Display" description="Kept in this browser only." />
          <CardBody>
            <PreferenceForms
              theme={await theme()}
              timeZone={zone}
              actions={{ setTheme: setThemeAction, setTimeZone: setTimeZoneAction }}
            />
          </CardBody>
        </Card>
      </div>
    </>
  );
});
