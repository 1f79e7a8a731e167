import type { Metadata } from 'next';
import { setThemeAction, setTimeZoneAction } from '@/app/preferences/actions';
import { AccountNotice } from '@/components/account/account-notice';
import { DisplayCard } from '@/components/account/display-card';
import { PasswordCard } from '@/components/account/password-card';
import { ProfileCard } from '@/components/account/profile-card';
import { SessionList } from '@/components/account/session-list';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/actor';
import { hasPassword } from '@/lib/auth/confirm-identity';
import { describeDevice } from '@/lib/auth/device';
import { theme, timeZone } from '@/lib/auth/preferences';
import { listSessions } from '@/lib/auth/session';
import { servedPage } from '../served-page';
import {
  endOtherSessionsAction,
  endSessionAction,
  signOutAction,
  signOutEverywhereAction,
  updateNameAction,
  updatePasswordAction,
} from './actions';
import { SignInMethods } from './sign-in-methods/section';

export const metadata: Metadata = { title: 'Account' };

type Search = Record<string, string | string[] | undefined>;

export default servedPage(async function AccountPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { user, organization, sessionId } = await requirePermission('account.manage');
  const [search, sessions, ownPassword, zone, chosenTheme] = await Promise.all([
    searchParams,
    listSessions(user.id),
    hasPassword(user.id),
    timeZone(),
    theme(),
  ]);

  return (
    <>
      <PageHeader
        title="Account"
        description="Who you are here, how you sign in, and where you are signed in."
      />
      <div className="grid max-w-190 gap-4">
        <AccountNotice done={search.done} />
        <ProfileCard user={user} organization={organization} action={updateNameAction} />
        <PasswordCard email={user.email} action={ownPassword ? updatePasswordAction : undefined} />
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
            endOthers: endOtherSessionsAction,
            signOut: signOutAction,
            signOutEverywhere: signOutEverywhereAction,
          }}
        />
        <DisplayCard
          theme={chosenTheme}
          timeZone={zone}
          actions={{ setTheme: setThemeAction, setTimeZone: setTimeZoneAction }}
        />
      </div>
    </>
  );
});
