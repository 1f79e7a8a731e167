import type { ReactNode } from 'react';
import { setThemeAction, setTimeZoneAction } from '@/app/preferences/actions';
import { ConsoleShell } from '@/components/layout/console-shell';
import { navigation } from '@/components/layout/navigation';
import { PathBreadcrumbs } from '@/components/layout/path-breadcrumbs';
import { requireActor } from '@/lib/auth/actor';
import { can } from '@/lib/auth/permissions';
import { theme, timeZone } from '@/lib/auth/preferences';
import { worstStreamState } from '@/lib/siem/status';
import { signOutAction } from './account/actions';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { organization, user } = await requireActor();
  const mayReadSiem = can(user.role, 'siem.read');
  const sections = navigation.map((section) => ({
    ...section,
    items: section.items.filter(({ permission }) => permission === null || can(user.role, permission)),
  }));

  return (
    <ConsoleShell
      organization={organization}
      user={user}
      navigation={sections.filter(({ items }) => items.length > 0)}
      siemState={mayReadSiem ? await worstStreamState(organization.id) : undefined}
      theme={await theme()}
      timeZone={await timeZone()}
      setThemeAction={setThemeAction}
      setTimeZoneAction={setTimeZoneAction}
      signOutAction={signOutAction}
      breadcrumbs={<PathBreadcrumbs />}
    >
      {children}
    </ConsoleShell>
  );
}
