import type { ReactNode } from 'react';
import { BlockedBanner } from '@/components/siem/blocked-banner';
import { requireActor } from '@/lib/auth/actor';
import { can } from '@/lib/auth/permissions';
import { timeZone } from '@/lib/auth/preferences';
import { listBlockedStreams } from '@/lib/siem/streams';

/** Above every settings page, for those who can mend it: that an integration is blocked. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const { organization, user } = await requireActor();
  const blocked = can(user.role, 'siem.manage') ? await listBlockedStreams(organization.id) : [];
  // The page keeps its place in the tree when a banner comes or goes, and a form in it what was typed.
  return (
    <div className="grid gap-5">
      {blocked.length > 0 && <BlockedBanner streams={blocked} zone={await timeZone()} />}
      <div className="min-w-0">{children}</div>
    </div>
  );
}
